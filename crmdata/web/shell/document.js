// What Streamlit lets nobody say of its document: where its server is, its language, how wide it is
// on paper. It runs before Streamlit's own scripts.
window.__streamlit ??= { BACKEND_BASE_URL: window.location.origin };
window.prerenderReady ??= false;
if (!window.crmDocument) {
  window.crmDocument = true;
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
  const begin = () => {
    new MutationObserver(swap).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
    swap();
    new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
    follow();
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
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
