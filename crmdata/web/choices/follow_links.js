// A click on a link of our own changes the address as "forward" does; Streamlit answers to that.
// Without this script, and in a new tab, the same link loads the page.
if (!window.crmLinks) {
  window.crmLinks = true;
  const folder = (url) => url.origin + url.pathname.slice(0, url.pathname.lastIndexOf("/"));
  // A picture is the same to all who chose the same of these; the rest stands in their address.
  const merged = (target) => {
    const params = new URLSearchParams(document.location.search);
    for (const name of ["eje", "linea", "marca", "pais", "socio", "color", "plegado", "pagina", "actividad"]) {
      const value = target.searchParams.get(name);
      if (value) params.set(name, value); else params.delete(name);
    }
    target.search = params.toString();
    return target;
  };
  const follow = (target) => {
    const here = document.location.pathname;
    window.history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector('[data-testid="stMain"]');
    if (main && target.pathname !== here) main.scrollTo(0, 0);
  };
  // What a click in a picture opens, said by the server.
  window.crmFollow = (address) => follow(merged(new URL(address, document.location.href)));
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.crm-link, .js-plotly-plot text a");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain) return;
    const drawn = link instanceof SVGElement;
    const here = new URL(document.location.href);
    const target = new URL(drawn ? link.href.baseVal : link.href, here);
    if (folder(target) !== folder(here)) return;
    event.preventDefault();
    follow(drawn ? merged(target) : target);
  });
}
