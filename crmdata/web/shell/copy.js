// Copies a text, or the address with what it may leave out. The page puts its settings in the place
// of the name below.
{
  const settings = SETTINGS;
  const button = document.querySelector(`.crm-copies-${settings.kind}`);
  const told = document.querySelector(`.crm-copied-${settings.kind}`);
  const wanted = () => {
    if (settings.text !== null) return settings.text;
    const link = new URL(window.location.href);
    for (const [name, value] of Object.entries(settings.params)) link.searchParams.set(name, value);
    return link.href;
  };
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
    await copied(wanted());
    told.textContent = settings.done;
    setTimeout(() => { told.textContent = ""; }, 2000);
  };
}
