// Asks the server every few seconds whether this page has something new to show. A page that is out
// of sight does not ask; one on which something is open or being written is not torn from its reader.
// Streamlit calls this again whenever the data of the component change, and what it returned before
// only when the page is left: so each call ends the one before it.
let endOther = () => {};

export default function ({ data, parentElement, setTriggerValue }) {
  endOther();
  let ended = false;
  // A page that was drawn before its server had looked takes the first answer for its own.
  let known = data.token;
  let timer = 0;
  const busy = () => {
    const at = document.activeElement;
    if (document.querySelector('[role="dialog"]') !== null) return true;
    // A list keeps the focus after a choice was made from it; it is in use only while it is open.
    if (at?.role === "combobox") return at.ariaExpanded === "true";
    return ["text", "textarea", "search", "number"].includes(at?.type);
  };
  const show = () => setTriggerValue("newer", Date.now());
  const offer = () => {
    if (parentElement.querySelector("p")) return;
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.append(data.offer + " ");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = data.show;
    button.addEventListener("click", show);
    told.append(button);
    parentElement.append(told);
  };
  const ask = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(data.where, { cache: "no-store" });
        const { token, login } = answer.ok ? await answer.json() : {};
        // The login that this page was drawn for has ended, here or in another tab or browser: what
        // stands here is no longer its reader's to see, open or not.
        if (!ended && data.login && login !== undefined && login !== data.login) location.reload();
        known ||= token;
        if (!ended && token && token !== known) {
          if (data.asks) offer();
          else if (!busy()) {
            // Once for each: the run that shows it may take longer than the pause to the next ask.
            known = token;
            show();
          }
        }
      }
    } catch {
      // The server is away: Streamlit's own connection says so, and comes back by itself.
    }
    if (!ended) again();
  };
  const again = () => {
    // Not all readers in the same moment.
    timer = setTimeout(ask, data.seconds * (0.7 + 0.6 * Math.random()) * 1000);
  };
  const seen = () => {
    if (!document.hidden) {
      clearTimeout(timer);
      ask();
    }
  };
  document.addEventListener("visibilitychange", seen);
  again();
  const end = () => {
    ended = true;
    clearTimeout(timer);
    parentElement.querySelector("p")?.remove();
    document.removeEventListener("visibilitychange", seen);
  };
  endOther = end;
  return end;
}
