// Shows the slides and takes the keys. All slides are here from the start, so the next one asks
// nobody for anything; the presenter's window hears of it from this browser alone.
export default function ({ data, parentElement }) {
  const stage = parentElement.querySelector(".stage");
  // A new run of the page calls this again: the slide stays, the keys are taken once.
  // Whoever left is at another address, which a last run of the slides must not change.
  if (stage.crm && stage.crm.left) return stage.crm.end;
  const known = stage.crm && stage.crm.deck === data.deck ? stage.crm.at : null;
  if (stage.crm) stage.crm.end();
  const words = data.words;
  stage.dataset.theme = data.theme;
  stage.lang = data.language;
  const make = (name, css, text = "") => {
    const made = document.createElement(name);
    made.className = css;
    made.textContent = text;
    return made;
  };
  const last = data.titles.length - 1;
  const within = (place) => Math.max(0, Math.min(last, place));
  let at = within(known ?? data.at - 1);
  let standing = false;
  let typed = "";
  let over = null;

  // Between windows
  const channel = new BroadcastChannel(`crmdata:${data.deck}`);
  const tell = (what) => channel.postMessage(what);
  channel.onmessage = ({ data: heard }) => {
    if (heard.ask && !data.notes) tell({ at });
    if (Number.isInteger(heard.at)) show(heard.at, false);
    if (heard.black && !data.notes) toggle("black");
    if (heard.key) travel(heard.key, false);
  };

  // What is shown
  let draw;
  if (data.notes) {
    stage.classList.add("notes");
    const desk = make("div", "desk");
    desk.innerHTML = data.desk;
    stage.replaceChildren(desk);
    const part = (name) => desk.querySelector(`[data-part="${name}"]`);
    draw = () => {
      part("count").textContent = words.count.replace("{n}", at + 1).replace("{all}", last + 1);
      part("title").textContent = data.titles[at];
      part("next").textContent = at < last ? data.titles[at + 1] : words.end;
      part("said").innerHTML = data.said[at];
      part("said").scrollTop = 0;
    };
    const began = Date.now();
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      const two = (value) => String(value).padStart(2, "0");
      part("clock").textContent = new Date().toLocaleTimeString(data.language, { hour: "2-digit", minute: "2-digit" });
      part("elapsed").textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    };
    tick();
    var clock = setInterval(tick, 500);
  } else {
    stage.innerHTML = data.slides.join("");
    const slides = [...stage.children];
    const told = make("p", "told");
    told.setAttribute("role", "status");
    stage.append(told);
    draw = () => {
      slides.forEach((slide, place) => { slide.hidden = place !== at; });
      told.textContent = `${at + 1}/${last + 1}. ${data.titles[at]}`;
    };
  }

  // Only a key or the other window changes the address: drawing anew must not put a slide's
  // number into that of the page to which the presenter has just left.
  function show(place, told = true) {
    at = within(place);
    cover(null);
    draw();
    stage.crm.at = at;
    if (!standing) return;
    const here = new URL(window.location.href);
    here.searchParams.set("lamina", at + 1);
    window.history.replaceState(window.history.state, "", here);
    if (told) tell({ at });
  }

  // What lies over a slide
  function cover(name, inner = null) {
    if (over) over.remove();
    over = null;
    if (!name) return;
    over = make("div", `over ${name}`);
    over.dataset.name = name;
    if (inner) over.append(inner);
    stage.append(over);
  }
  const large = {
    black: () => null,
    qr: () => {
      const big = make("div", "big");
      const foot = stage.children[at].querySelector("footer");
      big.append(foot.querySelector(".qr").cloneNode(true), make("span", "", foot.querySelector(".link").textContent));
      return big;
    },
    keys: () => {
      const list = make("dl", "");
      for (const [key, said] of words.keys) list.append(make("dt", "", key), make("dd", "", said));
      return list;
    },
  };
  function toggle(name) {
    if (over && over.dataset.name === name) cover(null);
    else cover(name, large[name]());
  }
  const sign = make("div", "typed");
  function type(text) {
    typed = text;
    sign.textContent = text;
    if (text) stage.append(sign);
    else sign.remove();
  }

  // Keys
  const leave = () => {
    if (data.notes) { window.close(); return; }
    stage.crm.left = true;
    end();
    window.history.pushState({}, "", data.exit);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  // A number, or after "/" a code: `VI`, `HND`. A line's may be typed alone, for no key is I, V or X.
  const named = (text) => {
    const code = text.replace("/", "").toUpperCase();
    if (/^[0-9]+$/.test(code)) return Number(code) - 1;
    return data.keys.findIndex((key) => key === `linea-${code}` || key === `pais-${code}`);
  };
  // The same slide at the meeting before or after: both windows go there, each by its own address.
  const travel = (key, told = true) => {
    if (!data.meetings[key]) return;
    if (told) tell({ key });
    const target = new URL(data.meetings[key], window.location.href);
    if (!data.notes) target.searchParams.set("lamina", data.keys[at]);
    window.history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  const agree = () => {
    if (data.agreeing) window.open(`${data.agreeing}&${data.about[at]}`, "crmdata-agreement", "popup,width=720,height=800");
  };
  const moves = {
    "[": () => travel("["), "]": () => travel("]"),
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1),
    " ": () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
    Home: () => show(0), End: () => show(last),
    Enter: () => { const place = typed ? named(typed) : at + 1; type(""); if (place >= 0) show(place); },
    Backspace: () => { if (typed) type(typed.slice(0, -1)); else show(at - 1); },
    Escape: () => { if (typed) type(""); else if (over) cover(null); else leave(); },
  };
  const extras = {
    n: () => window.open(data.desk_address, `crmdata-notes-${data.deck}`, "popup,width=900,height=700"),
    t: () => { stage.dataset.theme = data.themes[(data.themes.indexOf(stage.dataset.theme) + 1) % data.themes.length]; },
    a: agree, q: () => toggle("qr"), b: () => toggle("black"), ".": () => toggle("black"),
    h: () => toggle("keys"), "?": () => toggle("keys"),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  const desk_keys = { a: agree, b: () => tell({ black: true }), ".": () => tell({ black: true }) };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const others = data.notes ? desk_keys : extras;
    const act = moves[event.key] ?? others[event.key.toLowerCase()];
    // Streamlit has keys of its own (R runs anew): none of them reaches it from here.
    event.stopPropagation();
    const begun = typed.startsWith("/") ? /^[a-z0-9]$/i : /^[0-9]*$/.test(typed) ? /^[0-9ivx/]$/i : /^[ivx]$/i;
    if (begun.test(event.key)) type((typed + event.key.toUpperCase()).slice(0, 6));
    else if (act) act();
    else return;
    event.preventDefault();
  };
  window.addEventListener("keydown", press, true);

  const end = () => {
    window.removeEventListener("keydown", press, true);
    clearInterval(clock);
    channel.close();
  };
  stage.crm = { deck: data.deck, at, end };
  show(at, false);
  standing = true;
  if (data.notes) tell({ ask: true });
  else tell({ at });
  return end;
}
