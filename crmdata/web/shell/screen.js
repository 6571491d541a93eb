// Tells the server what it drew for wrongly: a phone's window, or the theme before a switch.
// It says nothing where all is right, so most readers' pages run once.
export default function ({ data, setStateValue }) {
  const app = document.querySelector(".stApp");
  const narrow = window.matchMedia(`(max-width: ${data.below}px)`);
  const scheme = () => getComputedStyle(app).colorScheme;
  let known = { narrow: data.narrow, scheme: scheme() };
  const tell = () => {
    const now = { narrow: narrow.matches, scheme: scheme() };
    const was = known;
    known = now;
    if (now.narrow !== was.narrow) setStateValue("narrow", now.narrow);
    if (now.scheme !== was.scheme) setStateValue("scheme", now.scheme);
  };
  tell();
  narrow.addEventListener("change", tell);
  const restyled = new MutationObserver(tell);
  restyled.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return () => {
    narrow.removeEventListener("change", tell);
    restyled.disconnect();
  };
}
