// Tells the page what stood on the wall so far: at first, and as often as the list has changed.
export default function ({ data, parentElement, setStateValue }) {
  const here = parentElement.querySelector(".shown");
  const tell = () => {
    const list = shownList(data.list).read(), text = `${data.list} ${JSON.stringify(list)}`;
    // A new run of the page calls this again.
    if (text === here.told) return;
    here.told = text;
    setStateValue("shown", list);
  };
  window.addEventListener("storage", tell);
  tell();
  return () => window.removeEventListener("storage", tell);
}
