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
