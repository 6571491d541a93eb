// Copies a text that stands on the page. The page puts its settings in the place of the name below.
{
  const settings = SETTINGS;
  const button = document.querySelector(".crm-copy-text");
  const told = document.querySelector(".crm-copied-text");
  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Over plain http in an office network browsers offer no clipboard.
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  button.onclick = async () => {
    await copied(settings.text);
    told.textContent = settings.done;
    setTimeout(() => { told.textContent = ""; }, 2000);
  };
}
