// Puts our words in the place of those that Streamlit itself writes, in English alone
// (`streamlit_words.py`). Only its own fields and boxes are looked at, never what a page says; its
// texts change in place, as it changes them itself, so that it finds them again.
if (!window.crmOwnWords) {
  window.crmOwnWords = true;
  const WHERE = ".stMultiSelect, .stSelectbox, .stFileUploader, .stDownloadButton, .stSpinner, .stDialog, "
    + "[role=listbox], button[aria-label=Dismiss], [data-testid=stSkipToContent], [data-testid=stToastContainer], [data-testid=stTooltipContent]";
  const SAID = ["aria-label", "title", "placeholder"];
  const HOLE = /\\\{(\w+)\\\}/g;
  const whole = (own) => new RegExp(`^${own.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(HOLE, "(?<$1>.+)")}$`);
  const made = Object.fromEntries(Object.entries(window.crmStreamlitWords).map(([language, kinds]) =>
    [language, kinds.map((words) => Object.entries(words).map(([own, ours]) => [whole(own), ours]))]));
  const [TEXTS, NAMES] = [0, 1];
  const ours = (text, kind) => {
    for (const [own, said] of made[document.documentElement.lang]?.[kind] ?? []) {
      const met = own.exec(text);
      if (met) return said.replace(/\{(\w+)\}/g, (_, name) => met.groups[name]);
    }
    return text;
  };
  const say = (holder) => {
    const texts = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const said = ours(text.data, TEXTS);
      if (said !== text.data) text.data = said;
    }
    for (const each of [holder, ...holder.querySelectorAll("[aria-label], [title], [placeholder]")])
      for (const name of SAID) {
        const own = each.getAttribute(name), said = own && ours(own, NAMES);
        if (said !== own) each.setAttribute(name, said);
      }
  };
  const look = () => document.querySelectorAll(WHERE).forEach(say);
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [...SAID, "lang"],
  });
}
