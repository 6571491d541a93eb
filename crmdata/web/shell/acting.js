// What was asked or done is brought before the eye once, and the keyboard goes on from there: the
// button that was pressed may be gone, and what stood above may still be leaving the page.
if (window.crmSaid !== NAME) {
  window.crmSaid = NAME;
  const app = document.querySelector('[data-testid="stApp"]');
  const look = () => {
    const said = document.getElementById(NAME);
    if (said === null || app.dataset.testScriptState === "running") return;
    watch.disconnect();
    said.focus({preventScroll: true});
    said.scrollIntoView({block: "nearest"});
  };
  const watch = new MutationObserver(look);
  watch.observe(app, {attributes: true, attributeFilter: ["data-test-script-state"]});
  look();
}
