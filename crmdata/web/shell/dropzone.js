// The field that takes a file says that it is nothing for a reader of screens, and has a name all
// the same (react-dropzone's default role). With a name it is a group, of that name. Its button
// speaks English only: the style sheet shows our words for it, which are its name too.
if (!window.crmDropzone) {
  window.crmDropzone = true;
  const zone = '[data-testid="stFileUploaderDropzone"]';
  const name = () => {
    document.querySelectorAll(`${zone}[role="presentation"]`).forEach((each) => each.setAttribute("role", "group"));
    const said = document.querySelector("[data-choose]")?.dataset.choose;
    for (const each of document.querySelectorAll(`${zone} button`))
      if (said && each.ariaLabel !== said) each.ariaLabel = said;
  };
  window.crmPage.watch(name);
}
