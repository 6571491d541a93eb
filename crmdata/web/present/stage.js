// Shows the slides and takes the keys. All slides are here from the start, so the next one asks
// nobody for anything; the other window hears of it from this browser alone. Another cut-off is
// another set of slides: the address says it, and each window asks for its own.

// Milliseconds for which the wall says something of itself.
const AWAKE = 6000;

export default function ({ data, parentElement, setTriggerValue }) {
  const stage = parentElement.querySelector(".stage");
  // A new run of the page calls this again: the slide stays, the keys are taken once.
  // Whoever left is at another address, which a last run of the slides must not change.
  if (stage.crm && stage.crm.left) return stage.crm.end;
  const before = stage.crm && stage.crm.deck === data.deck ? stage.crm : null;
  if (stage.crm) stage.crm.end();
  const { words, keys } = data, last = keys.length - 1;
  stage.dataset.theme = data.theme;
  stage.lang = data.language;
  const make = (name, css, text = "") => {
    const made = document.createElement(name);
    made.className = css;
    made.textContent = text;
    return made;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const within = (place) => Math.max(0, Math.min(last, place));
  // The slide of a key; of one that is not among these, the nearest before it among those it was of.
  const placeOf = (key, known = keys, at = -1) => {
    const from = known.includes(key) ? known.indexOf(key) : at + 1;
    const found = [key, ...known.slice(0, from).reverse()].find((each) => keys.includes(each));
    return within(keys.indexOf(found));
  };
  // What was asked for and is not here yet; the key stays asked for where there is no such slide.
  let want = before?.want && !same(before.want.in_view, data.in_view) ? before.want : null;
  let key = before ? (before.want && !want ? before.want.key : before.key) : keys[data.at - 1];
  let at = placeOf(key, before?.keys, before?.at);
  let standing = false, typed = "", over = null;

  // Between windows
  const here = () => want ?? { in_view: data.in_view, key };
  const windows = joinWindows(stage, data, before, {
    here, go, black: () => toggle("black"), wish: (name) => desk.wish(name),
    address: (wish) => `${data.desk_address}&lamina=${at + 1}&notas=${wish}`,
    elsewhere: () => signBriefly(words.elsewhere),
  });
  const { tell, wishAtDesk } = windows;

  // What is shown
  const log = shownList(data.list);
  let draw, desk, standsFor = 0;
  if (data.desk) {
    desk = openDesk(stage, data, { make, log, setTriggerValue, at: () => at, show: (place) => show(place), step, find, toggle });
    draw = () => desk.draw(at);
  } else {
    stage.innerHTML = data.slides.join("");
    const slides = [...stage.children];
    const told = make("p", "told");
    told.setAttribute("role", "status");
    stage.append(told);
    if (data.said) stage.append(make("p", "in-view", data.said));
    stage.append(make("p", "hint", words.hint));
    draw = () => {
      slides.forEach((slide, place) => { slide.hidden = place !== at; });
      told.textContent = [`${at + 1}/${last + 1}. ${data.titles[at]}`, data.said].filter(Boolean).join(". ");
    };
  }
  // A slide that is only passed on the way to another one was not shown.
  const noteShown = () => {
    clearTimeout(standsFor);
    if (!data.desk) standsFor = setTimeout(() => {
      if (!over) log.add({ key: keys[at], ...data.in_view, record: data.record, when: Date.now() });
    }, STANDS);
  };

  // Only a key or the other window changes the address: drawing anew must not put a slide's
  // number into that of the page to which the presenter has just left.
  function show(place, told = true, wanted = null) {
    at = within(place);
    key = wanted ?? keys[at];
    cover(null);
    draw();
    noteShown();
    Object.assign(stage.crm, { key, at });
    if (!standing) return;
    const url = new URL(window.location.href);
    url.searchParams.set("lamina", at + 1);
    window.history.replaceState(window.history.state, "", url);
    if (told) tell({ to: here() });
  }
  function go(to, told = true) {
    if (same(to.in_view, data.in_view)) {
      if (want) takeBack(told);
      sign("");
      if (to.key !== key) show(placeOf(to.key, keys, at), told, to.key);
      return;
    }
    const asked = want && same(want.in_view, to.in_view);
    want = stage.crm.want = to;
    if (told) tell({ to });
    if (asked) return;
    sign(words.working);
    address(to.in_view);
  }
  // What is in view is what the address says, and the server makes that.
  function address(in_view) {
    const url = new URL(window.location.href);
    url.search = window.crmPage.put(url.searchParams, in_view).toString();
    window.crmPage.goTo(url, { replaces: true });
  }
  function takeBack(told = true) {
    want = stage.crm.want = null;
    address(data.in_view);
    if (told) tell({ to: here() });
  }
  function step(way) {
    const cutoff = data.steps[way];
    if (want) return;
    if (cutoff === null) signBriefly(words.no_step);
    else go({ in_view: { ...data.in_view, vista_corte: cutoff }, key });
  }
  function find(text = "") {
    window.crmFind({ ...data.find, jump: slideFinder(data, go), scheme: getComputedStyle(stage).colorScheme }, text);
  }

  // What lies over a slide
  function cover(name, inner = null) {
    if (over) over.remove();
    over = null;
    if (!name) return noteShown();
    over = make("div", `over ${name}`);
    over.dataset.name = name;
    if (inner) over.append(inner);
    // Where a button showed them it is covered.
    if (name === "keys") over.addEventListener("click", () => cover(null));
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
      for (const [key, said] of words.keys.filter(([key]) => !ofWall(key.toLowerCase()))) {
        list.append(make("dt", "", key), make("dd", "", said));
      }
      return list;
    },
  };
  function toggle(name) {
    if (over && over.dataset.name === name) cover(null);
    else cover(name, large[name]());
  }
  const signs = make("div", "typed");
  signs.setAttribute("role", "status");
  function sign(text) {
    signs.textContent = text;
    signs.classList.toggle("in-words", text.length > 4);
    if (text) stage.append(signs);
    else signs.remove();
  }
  const signBriefly = (text) => {
    sign(text);
    setTimeout(() => { if (signs.textContent === text) sign(""); }, AWAKE);
  };
  const type = (text) => { typed = text; sign(text); };
  // Who has just opened the wall, or reaches for the pointer, is told which key shows all others;
  // then, and after any key, neither word nor pointer stands on the wall.
  const rest = () => stage.classList.remove("awake");
  const wake = () => {
    clearTimeout(stage.resting);
    stage.classList.add("awake");
    stage.resting = setTimeout(rest, AWAKE);
  };
  if (!data.desk) {
    // What is drawn anew under a pointer that lies still is no reaching for it.
    stage.onpointermove = (event) => { if (event.movementX || event.movementY) wake(); };
    if (!before) wake();
  }

  // Keys
  const leave = () => {
    if (data.desk) { window.close(); return; }
    stage.crm.left = true;
    end();
    window.crmPage.goTo(data.exit);
  };
  const moves = {
    ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1),
    " ": () => show(at + 1),
    ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
    Home: () => show(0), End: () => show(last),
    Enter: () => { const place = typed ? Number(typed) - 1 : at + 1; type(""); show(place); },
    Backspace: () => { if (typed) type(typed.slice(0, -1)); else show(at - 1); },
    Escape: () => {
      if (want) takeBack();
      else if (!signs.isConnected) return over ? cover(null) : leave();
      type("");
    },
    "/": find, g: find, "[": () => step("["), "]": () => step("]"),
    t: () => { stage.dataset.theme = data.themes[(data.themes.indexOf(stage.dataset.theme) + 1) % data.themes.length]; },
  };
  const extras = {
    n: () => wishAtDesk("1"), a: () => wishAtDesk("acuerdo"), m: () => wishAtDesk("actas"),
    q: () => toggle("qr"), b: () => toggle("black"), ".": () => toggle("black"),
    h: () => toggle("keys"), "?": () => toggle("keys"),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  const atDesk = {
    b: () => tell({ black: true }), ".": () => tell({ black: true }),
    a: () => desk.wish("acuerdo"), m: () => desk.wish("actas"), h: () => toggle("keys"), "?": () => toggle("keys"),
  };
  // What these do is done on the wall alone: at the desk they do nothing, and begin no name.
  const ofWall = (name) => data.desk && Object.hasOwn(extras, name) && !Object.hasOwn(atDesk, name);
  const press = (event) => {
    // Some keyboards write brackets with AltGr, which is Ctrl and Alt, or with a Mac's Option, Alt.
    const alone = event.altKey && !event.ctrlKey && !["[", "]"].includes(event.key);
    if (event.metaKey || alone || (event.ctrlKey && !event.altKey)) return;
    // Whoever writes, or stands at a button, has the keys for that.
    const target = event.composedPath()[0];
    if (document.querySelector("dialog[open]") || target.matches?.("input, textarea, select, [contenteditable], [role=combobox], [role=option]")) return;
    if (["Enter", " "].includes(event.key) && target.matches?.("button, a, summary")) return;
    if (event.key === "Tab") return;
    const others = data.desk ? atDesk : extras, name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = [moves, others].find((each) => Object.hasOwn(each, name))?.[name];
    rest();
    // Streamlit has keys of its own (R runs anew): none of them reaches it from here.
    event.stopPropagation();
    if (/^[0-9]$/.test(event.key)) type((typed + event.key).slice(0, 4));
    else if (act) act();
    // What else can be written begins a name: no key is I, V or X.
    else if (/^\p{L}$/u.test(event.key) && !ofWall(name)) find(event.key);
    else return;
    event.preventDefault();
  };
  window.addEventListener("keydown", press, true);

  const end = () => {
    window.removeEventListener("keydown", press, true);
    clearTimeout(standsFor);
    if (desk) desk.end();
    windows.end();
  };
  stage.crm = { deck: data.deck, keys, at, key, want, end, windows };
  show(at, false, key);
  standing = true;
  if (want) sign(words.working);
  windows.begin();
  return end;
}
