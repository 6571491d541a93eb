// What was asked or done is brought before the eye once, and the keyboard goes on from there: the
// button that was pressed may be gone, and what stood above may still be leaving the page.
if (!window.crmSaid) {
  window.crmSaid = "none";
  const look = () => {
    const every = document.querySelectorAll("[data-noticed]"), said = every[every.length - 1];
    if (!said || window.crmSaid === said.id) return;
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running") return;
    const eye = said.dataset.noticed ? document.querySelector(said.dataset.noticed) : said;
    if (!eye) return;
    window.crmSaid = said.id;
    eye.focus({ preventScroll: true });
    eye.scrollIntoView({ block: "nearest" });
  };
  window.crmPage.watch(look, { runs: true });
}
