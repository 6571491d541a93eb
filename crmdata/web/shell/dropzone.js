// The field that takes a file says that it is nothing for a reader of screens, and has a name all
// the same (react-dropzone's default role). With a name it is a group, of that name.
if (!window.crmDropzone) {
  window.crmDropzone = true;
  const zone = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
  window.crmPage.watch(() => document.querySelectorAll(zone).forEach((each) => each.setAttribute("role", "group")));
}
