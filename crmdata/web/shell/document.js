// What Streamlit lets nobody say of its document: its language, and how wide it is on paper.
document.documentElement.lang = LANGUAGE;
if (!window.crmPrint) {
  window.crmPrint = true;
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
if (!window.crmMenu) {
  window.crmMenu = true;
  // The menu may be older than what its page was narrowed to since: in a new tab its links must say
  // what the address says now.
  const renew = (event) => {
    const link = event.target.closest && event.target.closest(".st-key-menu a");
    if (link) link.search = document.location.search;
  };
  for (const kind of ["pointerdown", "focusin", "contextmenu"]) document.addEventListener(kind, renew, true);
}
