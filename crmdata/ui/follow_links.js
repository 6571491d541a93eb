// A click on a link of our own changes the address as "forward" does; Streamlit answers to that.
// Without this script, and in a new tab, the same link loads the page.
if (!window.crmLinks) {
  window.crmLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.crm-link");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain) return;
    const target = new URL(link.href, document.location.href);
    if (target.pathname !== document.location.pathname) return;
    event.preventDefault();
    window.history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTo(0, 0);
  });
}
