// Copies the address of what is shown. The page puts its settings in the place of the name below.
{
  const settings = SETTINGS;
  const button = document.querySelector(".crm-copy");
  const told = document.querySelector(".crm-copied");
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
    const link = new URL(window.location.href);
    link.search = new URLSearchParams(settings.params).toString();
    await copied(link.href);
    told.textContent = settings.done;
    setTimeout(() => { told.textContent = ""; }, 2000);
  };
}
