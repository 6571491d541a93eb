// What Streamlit lets nobody say of its document: where its server is, its language, how wide it is
// on paper. It runs before Streamlit's own scripts.
window.__streamlit ??= { BACKEND_BASE_URL: window.location.origin };
window.prerenderReady ??= false;
if (!window.crmDocument) {
  window.crmDocument = true;
  // Streamlit loads the font of its icons (375 kB) at once, for pages without an icon too. With the
  // first icon that a page draws a browser loads it by itself.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, text) => font.includes("Material Symbols") ? Promise.resolve([]) : load(font, text);
  // What the other scripts share: to look at the page as often as it changes, to change an address,
  // to go to one, and to tell a click that opens here from one that opens elsewhere.
  const CHANGES = { childList: true, subtree: true };
  const RUNS = { attributes: true, attributeFilter: ["data-test-script-state"] };
  window.crmPage = {
    watch(look, { runs = false } = {}) {
      const begin = () => {
        new MutationObserver(look).observe(document.body, runs ? { ...CHANGES, ...RUNS } : CHANGES);
        look();
      };
      if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
    },
    put(params, changes) {
      for (const [name, value] of Object.entries(changes))
        if (value) params.set(name, value); else params.delete(name);
      return params;
    },
    // The address changes as "forward" changes it; Streamlit answers to that.
    goTo(target, { replaces = false } = {}) {
      if (replaces) window.history.replaceState(window.history.state, "", target);
      else window.history.pushState({}, "", target);
      window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    },
    isPlain: (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey,
  };
  const follow = () => {
    const head = document.querySelector("[data-language]");
    if (!head) return;
    if (document.documentElement.lang !== head.dataset.language) document.documentElement.lang = head.dataset.language;
    document.documentElement.style.setProperty("--crm-working", JSON.stringify(head.dataset.working));
  };
  // The first response stands over the page until that is alive, then goes: where it was scrolled to
  // the page is too. Only one of them can be read or walked at a time.
  const swap = () => {
    const first = document.getElementById("crm-first"), root = document.getElementById("root");
    if (!first) return;
    root.inert = true;
    const live = root.querySelector(".crm-head"), app = root.querySelector('[data-testid="stApp"]');
    const drawn = !first.querySelector("[data-main]") || root.querySelector("[data-main]");
    if (!live || !drawn || app?.dataset.testScriptState === "running") return;
    const main = root.querySelector('[data-testid="stMain"]'), rows = first.querySelector(".crm-board-rows");
    if (main) main.scrollTop = first.scrollTop;
    if (rows) root.querySelector(".crm-board-rows").scrollTop = rows.scrollTop;
    first.remove();
    root.inert = false;
  };
  window.crmPage.watch(swap, { runs: true });
  window.crmPage.watch(follow);
  window.addEventListener("beforeprint", () => {
    // Charts keep the width of the screen: 1040 px are the width of A4 landscape.
    const main = document.querySelector('[data-testid="stMainBlockContainer"]');
    const zoom = Math.min(1, 1040 / main.clientWidth);
    const paper = document.documentElement.style;
    paper.setProperty("--crm-print-zoom", zoom);
    // Paper is light: charts drawn for the dark are turned over, their hues kept.
    const dark = getComputedStyle(document.querySelector(".stApp")).colorScheme === "dark";
    paper.setProperty("--crm-print-filter", dark ? "invert(1) hue-rotate(180deg)" : "none");
  });
}
