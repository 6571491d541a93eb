// Links, forms, folds and copying, for every page. Without this script they load the page anew.
if (!window.crmHead) {
  window.crmHead = true;
  const { goTo, isPlain, put, watch } = window.crmPage;
  const folder = (url) => url.origin + url.pathname.slice(0, url.pathname.lastIndexOf("/"));

  // A picture is the same to all who chose the same of these; the rest stands in their address.
  const OF_PICTURES = ["eje", "linea", "marca", "pais", "socio", "color", "plegado", "actividad", "paises"];
  const merged = (target) => {
    const chosen = Object.fromEntries(OF_PICTURES.map((name) => [name, target.searchParams.get(name)]));
    target.search = put(new URLSearchParams(document.location.search), chosen).toString();
    return target;
  };

  // A section of the page may have changed the address since the head was drawn: its links say what
  // they change, and carry the rest along as it is now, in a new tab too.
  const renew = (event) => {
    const link = event.target.closest?.("a[data-changes]");
    if (!link) return;
    const params = new URLSearchParams(document.location.search);
    if (link.pathname !== document.location.pathname) params.delete("abierto");
    link.search = put(params, JSON.parse(link.dataset.changes)).toString();
  };
  for (const kind of ["pointerdown", "focusin", "contextmenu"]) document.addEventListener(kind, renew, true);

  let focused = "", named = "";
  // What a link names comes in sight once it is there: another page is still to be drawn.
  const reach = () => {
    const place = named && document.getElementById(named);
    if (!place) return;
    named = "";
    place.scrollIntoView();
  };
  const follow = (target) => {
    const active = document.activeElement;
    const fold = active?.closest?.("details[data-key]")?.dataset.key, step = active?.dataset?.step;
    focused = step ? `[data-step="${step}"]` : fold ? `details[data-key="${CSS.escape(fold)}"] > summary` : "";
    goTo(target);
    named = target.hash.slice(1);
    reach();
  };
  // Whatever a page is then about is said at its top: there one stands after a choice of it, wherever
  // that was made, and on the way back where it was made.
  const ABOUT = ["eje", "linea", "actividad", "pais", "socio", "paises"];
  const about = () => {
    const { pathname, search } = document.location, params = new URLSearchParams(search);
    return [pathname, ...ABOUT.map((name) => params.get(name))].join(" ");
  };
  const left = new Map();
  let now = about(), isBack = false, wanted = null;
  window.addEventListener("popstate", (event) => { isBack ||= event.isTrusted; }, true);
  for (const kind of ["wheel", "touchstart", "keydown"]) document.addEventListener(kind, () => { wanted = null; }, true);
  const stand = () => {
    const main = document.querySelector('[data-testid="stMain"]'), then = now;
    if (!main) return;
    now = about();
    if (now !== then && !document.location.hash) {
      left.set(then, main.scrollTop);
      wanted = isBack ? left.get(now) ?? null : 0;
    }
    if (now !== then) isBack = false;
    if (wanted === null) return;
    main.scrollTop = wanted;
    // What is not drawn yet gives no room to go down.
    if (main.scrollTop >= wanted - 1) wanted = null;
  };

  // A file that took a while is given to whoever asked for it as soon as it is there.
  const given = new WeakSet();
  const arrived = () => {
    const wish = document.querySelector("[data-gives]");
    const button = wish?.closest('[class*="st-key-given-"]')?.querySelector('[data-testid="stDownloadButton"] button');
    if (!button || given.has(wish)) return;
    given.add(wish);
    button.click();
  };

  // Whose country this is, and in which language it is read, cookies remember, which lead a bare
  // address there and do nothing else: no page reads them.
  const remember = (name, value) => { document.cookie = `crmdata_${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`; };
  document.addEventListener("click", (event) => {
    const mine = event.target.closest?.("[data-mine]"), language = event.target.closest?.("a.crm-link[hreflang]");
    if (mine) remember("mine", mine.dataset.mine);
    if (language) remember("language", language.hreflang);
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.crm-link, .js-plotly-plot text a");
    // What came with the document, before the page is alive, is links and forms as they are.
    if (!link || link.target === "_blank" || !isPlain(event) || document.getElementById("crm-first")) return;
    renew(event);
    const drawn = link instanceof SVGElement;
    const here = new URL(document.location.href);
    const target = new URL(drawn ? link.href.baseVal : link.href, here);
    if (folder(target) !== folder(here)) return;
    event.preventDefault();
    follow(drawn ? merged(target) : target);
  });
  // A window that there is to be one of has a name. Streamlit lets no link say it as its target.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-window]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    window.open(link.href, link.dataset.window);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.(".crm-head form, .crm-chips form, .crm-finder form");
    if (!form || document.getElementById("crm-first")) return;
    event.preventDefault();
    const here = new URL(document.location.href), target = new URL(form.getAttribute("action") || here.pathname, here);
    const filled = Object.fromEntries(new FormData(form));
    const alone = form.matches(".crm-search, .crm-finder form");
    target.search = put(new URLSearchParams(alone ? "" : document.location.search), filled).toString();
    document.activeElement?.blur();
    form.closest("dialog")?.close();
    follow(target);
  });

  // One fold of the head is open at a time; whatever happens elsewhere closes it, and so does Escape.
  const folds = () => document.querySelectorAll("details.crm-fold[open]");
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details.crm-fold[open]")) return;
    for (const other of folds()) if (!other.contains(event.target)) other.open = false;
  }, true);
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, (event) => {
    for (const fold of folds()) if (!fold.contains(event.target)) fold.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const fold of folds()) { fold.open = false; fold.firstElementChild.focus(); }
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
    const step = { "[": "back", "]": "on" }[event.key];
    // With AltGr, by which some keyboards write brackets, both Ctrl and Alt are down.
    const other = event.metaKey || event.ctrlKey !== event.altKey;
    if (step && !typing && !other) document.querySelector(`.crm-head [data-step="${step}"]`)?.click();
  });

  // Whoever chose by keyboard finds the focus where it was once the head is drawn anew.
  const drawn = () => {
    stand();
    arrived();
    reach();
    if (!focused || (document.activeElement && document.activeElement !== document.body)) return;
    const again = [...document.querySelectorAll(`.stApp :is(${focused})`)].find((each) => each.checkVisibility());
    if (again) { focused = ""; again.focus({ preventScroll: true }); }
  };
  watch(drawn);

  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Over plain http in an office network browsers offer no clipboard.
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-prints]")) window.print(); });
  document.addEventListener("click", (event) => {
    const key = event.target.closest?.("[data-presses]")?.dataset.presses;
    if (key) document.querySelector(`.st-key-${key} button`)?.click();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copies]");
    if (!button) return;
    let text = button.parentElement.querySelector("pre")?.textContent;
    if (button.dataset.copies === "link") {
      const link = new URL(document.location.href);
      for (const [name, value] of Object.entries(JSON.parse(button.dataset.params))) link.searchParams.set(name, value);
      text = link.href;
    }
    await copied(text);
    const told = button.nextElementSibling;
    told.textContent = button.dataset.done;
    setTimeout(() => { told.textContent = ""; }, 2000);
  });
}
