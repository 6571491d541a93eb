// The field that takes a file says that it is nothing for a reader of screens, and has a name all
// the same (react-dropzone's default role). With a name it is a group, of that name.
if (!window.crmDropzone) {
  window.crmDropzone = true;
  const bare = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
  const name = () => document.querySelectorAll(bare).forEach(
    zone => zone.setAttribute("role", "group"));
  window.crmPage.watch(name);
}
