// The search of every page: it answers while one writes. Without this script the field of the head
// searches in texts. What opens, and all that is said here, comes from the server.
if (!window.crmSearch) {
  window.crmSearch = true;
  const PAUSE = 120, AGAIN = 1000, MOST_TRIES = 20;
  const made = (name, attributes, ...inner) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inner);
    return element;
  };
  let dialog = null;

  const ofHead = (head) => ({
    says: JSON.parse(head.dataset.says), asks: head.dataset.asks, most: head.querySelector("[type=search]").maxLength,
    action: head.getAttribute("action"), carried: [...head.querySelectorAll("input[type=hidden]")],
  });

  // With a `jump` an answer leads to a slide: it keeps those that have one, opens one, and knows codes.
  const open = ({ says, asks, most, action = "", carried = [], jump = null, scheme = "" }, text = "") => {
    if (dialog) return dialog.querySelector("input[type=search]").select();
    const field = made("input", {
      type: "search", name: "buscar", role: "combobox", placeholder: says.hint, autocomplete: "off", spellcheck: "false",
      maxlength: most,
      "aria-label": says.name, "aria-controls": "crm-answers", "aria-expanded": "false", "aria-autocomplete": "list",
    });
    const close = made("button", { type: "button", "aria-label": says.close, title: says.close }, "×");
    const form = made("form", { action, role: "search" }, ...carried.map((each) => each.cloneNode()), field, close);
    const status = made("p", { role: "status", class: "crm-answers-said" });
    const list = made("div", { id: "crm-answers", role: "listbox", "aria-label": says.answers });
    dialog = made("dialog", { class: jump ? "crm-finder crm-on-stage" : "crm-finder", role: "dialog", "aria-label": says.name }, form, status, list);
    dialog.style.colorScheme = scheme;
    document.body.append(dialog);

    let asked = "", asking = null, timer = 0, stop = null, tries = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const chosen = () => list.querySelector("[aria-selected=true]");
    const choose = (option) => {
      chosen()?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      if (option) { field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
      else field.removeAttribute("aria-activedescendant");
    };
    const show = (html) => {
      // What a server that has no answers returns is no list.
      list.innerHTML = html.startsWith('<div class="crm-answers"') ? html : "";
      if (jump) {
        list.querySelector(".crm-in-texts")?.remove();
        options().filter((option) => !jump.keeps(option)).forEach((option) => option.remove());
        for (const group of list.querySelectorAll("[role=group]")) if (!group.querySelector("[role=option]")) group.remove();
      }
      options().forEach((option, place) => { option.id = `crm-answer-${place}`; });
      const answers = list.firstElementChild;
      field.setAttribute("aria-expanded", String(options().length > 0));
      // How many there are, it says of those for pages.
      status.textContent = jump ? (html && !options().length ? says.none : "") : answers?.dataset.said ?? "";
      choose(answers?.hasAttribute("data-certain") ? options()[0] : null);
    };
    const ask = async (query) => {
      stop?.abort();
      stop = new AbortController();
      const here = new URLSearchParams(document.location.search);
      here.set("q", query);
      // A slide shows the countries that its question names, whosever the presenter is.
      if (jump) for (const own of ["pais", "socio"]) here.delete(own);
      try {
        const answer = await fetch(`${asks}?${here}`, { signal: stop.signal });
        if (field.value.trim() !== query) return;
        show(answer.status === 200 ? await answer.text() : "");
        // A server that is only starting, or has too much to do, is asked again.
        if (answer.status === 204 && (tries += 1) < MOST_TRIES) timer = setTimeout(() => { asked = ""; look(); }, AGAIN);
      } catch {
        // Asked anew meanwhile, or the server is away: the field still searches in texts.
      }
    };
    const look = () => {
      clearTimeout(timer);
      const query = field.value.trim();
      if (query === asked) return;
      asked = query;
      if (query) asking = ask(query); else { asking = null; show(""); }
    };
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = options();
      if (!step || !all.length) return;
      event.preventDefault();
      // One step further round: the text stands between the last and the first.
      const round = [null, ...all], at = round.indexOf(chosen()) + step;
      choose(round.at(at % round.length));
    });
    form.addEventListener("submit", async (event) => {
      if (form.dataset.ready) return;
      event.preventDefault();
      event.stopPropagation();
      if (jump && !chosen() && jump.named(field.value)) return dialog.close();
      // What was written last is answered first.
      look();
      await asking;
      if (jump) {
        const option = chosen() ?? options()[0];
        if (option) option.click(); else status.textContent = says.none;
        return;
      }
      // The last one searches in texts, as the form does where nothing answers.
      const option = chosen() ?? options().at(-1);
      if (option) return option.click();
      if (!field.value.trim()) return;
      form.dataset.ready = "1";
      setTimeout(() => form.requestSubmit());
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => { stop?.abort(); clearTimeout(timer); dialog.remove(); dialog = null; });
    // It is gone before the page changes under it, and whatever is opened in a new tab leaves it.
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && jump) {
        event.preventDefault();
        event.stopPropagation();
        dialog.close();
        jump.open(option);
      } else if (option && window.crmPage.isPlain(event)) setTimeout(() => dialog?.close());
    });
    dialog.showModal();
    field.value = text;
    field.focus();
    look();
  };

  window.crmFind = open;
  const field = (event) => event.target.closest?.(".crm-search input[type=search]");
  const begin = (event) => {
    const written = field(event);
    if (!written) return;
    const text = written.value;
    written.value = "";
    open(ofHead(written.form), text);
  };
  // The focus alone opens nothing: who walks by keyboard goes on.
  document.addEventListener("click", begin);
  document.addEventListener("input", begin);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
    if (!(event.key === "/" && !typing) && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
    const head = [...document.querySelectorAll(".crm-search")].find((each) => each.checkVisibility());
    if (!head) return;
    event.preventDefault();
    open(ofHead(head));
  });
}
