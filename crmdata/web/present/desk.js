// The desk: what is on the wall and what comes next, what to say, all slides, and the clock.
function openDesk(stage, data, { make, log, setTriggerValue, at, show, step, find, toggle }) {
  stage.classList.add("notes");
  const desk = make("div", "desk");
  desk.innerHTML = data.desk;
  stage.replaceChildren(desk);
  const part = (name) => desk.querySelector(`[data-part="${name}"]`);
  const buttons = [...desk.querySelectorAll("[data-place]")], last = data.keys.length - 1;
  const picture = (name, place) => {
    part(name).innerHTML = place > last ? "" : data.slides[place];
    part(name).firstElementChild?.removeAttribute("hidden");
  };

  // Of what is asked for while the page runs anew nobody hears: it is asked again until it is heard.
  const atRest = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
  const ask = (about) => {
    stage.asking = { id: Date.now(), about };
    setTriggerValue("asked", stage.asking);
  };
  const askAgain = () => {
    if (stage.asking?.id === data.heard) stage.asking = null;
    if (stage.asking && atRest() && Date.now() - stage.asking.id > 1000) setTriggerValue("asked", { ...stage.asking });
  };
  const wishes = {
    // What the slide is of is what the agreement is about, unless it is said otherwise.
    acuerdo: () => {
      ask(data.about[at()]);
      focus(".st-key-agreement-text textarea");
    },
    actas: () => focus(".st-key-minutes button"),
  };
  // An address may wish for anything.
  const wish = (name) => { if (Object.hasOwn(wishes, name)) wishes[name](); };

  // In its list alone: the window stays where it is, with the clock and what the wall shows.
  const list = desk.querySelector("nav");
  const showInList = (button) => {
    list.scrollTop += button.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
  };

  // A field that the page has not drawn yet, or is drawing anew, gets the keyboard once it stands.
  const focus = (where) => { stage.focusing = where; lookForField(); };
  const lookForField = () => {
    const field = stage.focusing && document.querySelector(stage.focusing);
    if (!field) return;
    if (document.activeElement !== field && !document.activeElement.matches("input, textarea")) {
      field.scrollIntoView({ block: "nearest" });
      field.focus({ preventScroll: true });
    }
    if (!stage.asking && atRest()) stage.focusing = null;
  };

  // Whoever has gone on writing is not brought back.
  const goesOn = () => { stage.focusing = null; };
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, goesOn, true);

  const acts = {
    find, back: () => step("["), on: () => step("]"), anew: () => { log.clear(); tick(); },
    agree: wishes.acuerdo, minutes: wishes.actas, keys: () => toggle("keys"),
  };
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.place) show(Number(button.dataset.place));
    else if (button) acts[button.dataset.act]();
  });

  stage.began ??= Date.now();
  const two = (value) => String(value).padStart(2, "0");
  const tick = () => {
    const seconds = Math.floor((Date.now() - stage.began) / 1000);
    part("clock").textContent = new Date().toLocaleTimeString(data.language, { hour: "2-digit", minute: "2-digit" });
    part("elapsed").textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    part("shown").textContent = log.read().length;
    askAgain();
    lookForField();
    // What the key on the wall asked for that opened this window.
    if (stage.wished || !atRest()) return;
    stage.wished = true;
    wish(data.wish);
  };
  const clock = setInterval(tick, 500);
  tick();
  return {
    wish,
    draw(place) {
      part("count").textContent = data.words.count.replace("{n}", place + 1).replace("{all}", last + 1);
      part("title").textContent = data.titles[place];
      part("lead").textContent = data.leads[place];
      part("next").textContent = place < last ? data.titles[place + 1] : data.words.end;
      part("said").innerHTML = data.numbers[place];
      part("in_view").textContent = data.said;
      picture("now", place);
      picture("then", place + 1);
      buttons.forEach((button, each) => {
        if (each === place) { button.setAttribute("aria-current", "true"); showInList(button); }
        else button.removeAttribute("aria-current");
      });
    },
    end: () => {
      clearInterval(clock);
      for (const kind of ["keydown", "pointerdown"]) document.removeEventListener(kind, goesOn, true);
    },
  };
}
