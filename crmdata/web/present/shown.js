// What stood on the wall, in its order, kept in this browser until it is begun anew: a window that
// is closed or loaded again forgets nothing. And which slide an answer of the search is.
const STANDS = 1000, MOST_SHOWN = 400;

function shownList(meeting) {
  const name = `crmdata-shown-${meeting}`;
  const read = () => {
    try { return JSON.parse(window.localStorage.getItem(name)) ?? []; } catch { return []; }
  };
  const write = (list) => {
    // A browser that keeps nothing has no minutes; the slides go on.
    try { window.localStorage.setItem(name, JSON.stringify(list)); } catch { /* as it was */ }
    // The other windows of this browser hear of it by themselves.
    window.dispatchEvent(new Event("storage"));
  };
  const what = ({ key, vista_corte, vista_paises }) => [key, vista_corte, vista_paises].join("|");
  return {
    read,
    add(slide) {
      const list = read();
      if (list.length && what(list.at(-1)) === what(slide)) return;
      write([...list, slide].slice(-MOST_SHOWN));
    },
    clear: () => write([]),
  };
}

function slideFinder(data, go) {
  const { places, items } = data.find;
  const going = (option) => {
    const url = new URL(option.href), asked = url.searchParams;
    // A list of reports is no slide.
    if (asked.get("estado")) return null;
    const item = items.find((name) => asked.get(name));
    // In the order in which the server has them, which says so when they are in view.
    const countries = (asked.get("paises") || asked.get("pais") || "").split(",").sort().join(",");
    const alone = item || countries.includes(",") ? countries : "";
    const page = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
    const name = item ? `${item}=${asked.get(item)}` : countries && !alone ? `pais=${countries}` : page;
    return places[name] ? { in_view: { ...data.in_view, vista_paises: alone }, key: places[name] } : null;
  };
  return {
    keeps: (option) => going(option) !== null,
    open: (option) => go(going(option)),
    // Codes are known here: they lead on though nobody answers.
    named(text) {
      const code = text.trim().toUpperCase();
      const key = ["actividad", "linea", "pais", "socio", "buscar"].map((name) => places[`${name}=${code}`]).find(Boolean);
      if (key) go({ in_view: { ...data.in_view, vista_paises: "" }, key });
      return Boolean(key);
    },
  };
}
