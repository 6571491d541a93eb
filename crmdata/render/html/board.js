// The plan board under a reader's hands: folds, filters and colours in the browser alone, tells what
// a cell holds, and is walked by arrow keys. What is chosen stands in the address, as ever.
if (!window.crmBoard) {
  window.crmBoard = true;
  const SUPPORT = "apoyo";
  const LOCAL = ["eje", "linea", "actividad", "marca", "pais", "socio", "color", "plegado"];
  // What the head of a row does: a band folds, an activity opens its sheet.
  const OPENS = "a.crm-fold-band, a.crm-code";
  const SAID = new Set(["cumplida", "en_curso", "no_iniciada", "suspendida"]);
  const board = () => document.querySelector(".crm-board");
  const filled = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  const read = new WeakMap();
  const dataOf = (at) => {
    if (!read.has(at)) read.set(at, JSON.parse(at.dataset.board));
    return read.get(at);
  };
  const picked = (params) => {
    const get = (name) => params.get(name) ?? "";
    const support = get("color") === SUPPORT || Boolean(get("socio") && !get("pais"));
    return {
      axis: get("eje"), line: get("linea"), kind: get("marca"), support,
      party: support ? "" : get("pais"), partner: support ? get("socio") : "",
      folded: new Set(get("plegado").split(",").filter(Boolean)),
    };
  };

  // Numbers as the server writes them: halves go to the even neighbour.
  const rounded = (value) => {
    const low = Math.floor(value), rest = value - low;
    return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
  };
  const number = (value) => value.toLocaleString("en-US");
  const percent = (data, n, among) => {
    const value = (100 * n) / among, sign = (text) => filled(data.said.percent, { value: text });
    if (value > 0 && value < 0.5) return "\x3c" + sign("1");
    if (value >= 99.5 && value < 100) return ">" + sign("99");
    return sign(String(rounded(value)));
  };

  const counted = (data, letters, party) => {
    const counts = {};
    const own = party ? letters[data.parties.findIndex(([code]) => code === party)] ?? "" : letters;
    for (const letter of own) {
      const state = data.letters[letter];
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  };
  const expected = (counts) => {
    const n = Object.entries(counts).reduce((sum, [state, count]) => sum + (SAID.has(state) ? count : 0), 0);
    return [n, n + (counts.sin_reporte ?? 0)];
  };
  const add = (sums, counts) => { for (const [state, count] of Object.entries(counts)) sums[state] = (sums[state] ?? 0) + count; };
  const told = (data, counts) => Object.keys(data.states).filter((state) => counts[state]).map((state) => `${data.states[state]} ${counts[state]}`).join(", ");

  const rowsOf = (at) => [...at.querySelectorAll(".crm-board-rows tbody tr")];
  const isActivity = (row) => row.classList.contains("crm-activity");
  const cellsOf = (row) => [...row.children].filter((cell) => cell.getAttribute("role") === "gridcell");
  const supportOf = (row) => JSON.parse(row.dataset.support ?? "[]");
  const within = ([, , first, last], period) => (first || period) <= period && period <= (last || period);
  const supporting = (row, period, partner) => supportOf(row).filter((each) => within(each, period) && (!partner || partner === each[0]));
  const ofOne = (among) => among === 1 ? "_1" : "";
  const supports = (data, [who, state], partner) => who && data.backing.includes(state) && (!partner || partner === who);
  const backed = (data, rows, partner) => rows.filter((row) => supportOf(row).some((each) => supports(data, each, partner))).length;
  const strongest = (data, lines) => data.supports.find((state) => lines.some((each) => each[1] === state)) ?? "";

  const ofSlot = (data, cell, at, party) => {
    const counts = counted(data, cell.dataset.s, party), pending = data.periods[at][4];
    if (party) {
      const place = data.parties.findIndex(([code]) => code === party);
      const [state] = Object.keys(counts), value = (cell.dataset.v ?? "").split(",")[place];
      if (state === "sin_reporte") return `${data.states[state]}, ${pending}`;
      return value ? `${data.states[state]}, ${filled(data.said.percent, { value })}` : data.states[state];
    }
    const listed = told(data, counts), [n, among] = expected(counts);
    if (!data.periods[at][2] || !among) return listed;
    const head = filled(data.said[`reported${ofOne(among)}`], { n, N: among, share: percent(data, n, among) });
    return `${head}: ${listed}${counts.sin_reporte && pending ? `, ${pending}` : ""}`;
  };
  const ofSupport = (data, row, period, partner) => supporting(row, period, partner)
    .map(([who, state]) => `${who ? data.partners[who] : data.said.nobody}: ${data.states[state]}`).join(", ");
  const sentence = (data, row, cell, at, pick) => {
    const parts = [], [period, label] = data.periods[at];
    if (cell.dataset.m) parts.push(`«${cell.dataset.m}»`);
    if (pick.support) {
      const text = ofSupport(data, row, period, pick.partner);
      if (text) parts.push(text);
    } else if (cell.dataset.m) parts.push(ofSlot(data, cell, at, pick.party));
    if (cell.dataset.o && !pick.support) parts.push(filled(data.said.outside, { n: cell.dataset.o }));
    return parts.length ? `${row.dataset.code}, ${label}: ${parts.join("; ")}` : "";
  };

  const orderOf = (data) => Object.values(data.letters);
  const bar = (cell, counts, order, late) => {
    cell.querySelector(".crm-bar")?.remove();
    const parts = order.filter((state) => counts[state]);
    if (!parts.length) return;
    const drawn = document.createElement("span");
    drawn.className = "crm-bar";
    for (const state of parts) {
      const part = drawn.appendChild(document.createElement("i"));
      part.className = `s-${state}${late && state === "sin_reporte" ? " crm-late" : ""}`;
      part.style.flex = counts[state];
    }
    cell.prepend(drawn);
  };
  const colourSlot = (data, row, cell, at, pick) => {
    const text = sentence(data, row, cell, at, pick);
    if (text) cell.setAttribute("aria-label", text); else cell.removeAttribute("aria-label");
    const late = data.periods[at][3];
    if (pick.support) {
      const state = strongest(data, supporting(row, data.periods[at][0], pick.partner));
      return bar(cell, state ? { [state]: 1 } : {}, data.supports, false);
    }
    if (!cell.dataset.s) return bar(cell, {}, orderOf(data), late);
    const counts = counted(data, cell.dataset.s, pick.party);
    if (pick.party && counts.en_curso) {
      const value = Number(cell.dataset.v.split(",")[data.parties.findIndex(([code]) => code === pick.party)] || NaN);
      if (!Number.isNaN(value)) return bar(cell, { en_curso: value, no_iniciada: 100 - value }, orderOf(data), late);
    }
    return bar(cell, counts, orderOf(data), late);
  };
  const dueOf = (data, rows, pick) => {
    const sums = {};
    for (const row of rows) cellsOf(row).forEach((cell, at) => {
      if (cell.dataset.s && data.periods[at][2]) add(sums, counted(data, cell.dataset.s, pick.party));
    });
    return sums;
  };
  const total = (data, rows, pick) => {
    if (pick.support) {
      const n = backed(data, rows, pick.partner);
      return rows.length === 1 ? (n ? "✓" : "") : filled(data.said.of, { n, N: rows.length });
    }
    const [n, among] = expected(dueOf(data, rows, pick));
    return among ? filled(data.said.of, { n: number(n), N: number(among) }) : "—";
  };

  const nameOf = (at, code) => at.querySelector(`tr[data-code="${CSS.escape(code)}"] .crm-fold-band`)?.textContent ?? code;
  const findingOf = (at, data, rows, pick) => {
    const scope = [];
    if (pick.party) scope.push(Object.fromEntries(data.parties)[pick.party] ?? pick.party);
    if (pick.partner) scope.push(data.partners[pick.partner] ?? pick.partner);
    if (pick.line || pick.axis) scope.push(nameOf(at, pick.line || pick.axis));
    const who = scope.join(" · "), of = (name, N) => data.said[`${name}${who ? "_of" : ""}${ofOne(N)}`];
    if (pick.support) {
      const n = backed(data, rows, pick.partner);
      return filled(of("support", rows.length), { who, n, N: rows.length });
    }
    const [n, among] = expected(dueOf(data, rows, pick));
    const scheduled = !rows.length || rows.some((row) => cellsOf(row).some((cell) => cell.dataset.s));
    if (!among) return filled(of(scheduled ? "nothing" : "unscheduled"), { who });
    const oldest = data.periods.find(([, , ended], at) => ended && rows.some((row) => counted(data, cellsOf(row)[at].dataset.s ?? "", pick.party).sin_reporte));
    return filled(of(n < among ? "arrived" : "complete", among), { who, missing: number(among - n), N: number(among), oldest: oldest?.[1] ?? "" });
  };
  const nextOf = (data, rows) => {
    for (const [period, day] of data.next) {
      const place = data.periods.findIndex(([code]) => code === period);
      const n = rows.filter((row) => cellsOf(row)[place].dataset.m).length;
      if (n) return filled(data.said.next, { period: data.periods[place][1], n: number(n), day });
    }
    return data.said.no_next;
  };

  const isChosen = (row, pick) => {
    const [axis, line] = row.dataset.above.split(" ");
    return (!pick.axis || pick.axis === axis) && (!pick.line || pick.line === line)
      && (!pick.kind || row.dataset.kinds.split(" ").includes(pick.kind));
  };
  const chips = (address) => {
    const params = new URLSearchParams(address);
    if (picked(params).support) params.set("color", SUPPORT);
    for (const chip of document.querySelectorAll(".crm-chips > details.crm-chip")) {
      const options = [...chip.querySelectorAll("li > a[data-changes]")];
      let chosen = null;
      for (const option of options) {
        const changes = JSON.parse(option.dataset.changes);
        const holds = Object.entries(changes).filter(([name]) => name !== "actividad" && !(name in { linea: 1 } && "eje" in changes))
          .every(([name, value]) => (params.get(name) ?? "") === value);
        if (holds && !chosen) { option.setAttribute("aria-current", "true"); chosen = option; } else option.removeAttribute("aria-current");
      }
      const nothing = !chosen || chosen === options[0], summary = chip.firstElementChild;
      summary.querySelector("b")?.remove();
      chip.classList.toggle("crm-chosen", !nothing);
      if (!nothing) summary.append(Object.assign(document.createElement("b"), { textContent: chosen.textContent, title: chosen.textContent }));
      const way = chip.nextElementSibling?.classList.contains("crm-let-go") ? chip.nextElementSibling : null;
      if (nothing) { if (way) way.hidden = true; continue; }
      if (way) { way.hidden = false; continue; }
      const made = document.createElement("a");
      made.className = "crm-link crm-let-go";
      made.textContent = "×";
      made.href = options[0].href;
      made.dataset.changes = options[0].dataset.changes;
      made.setAttribute("aria-label", filled(chip.dataset.letGo ?? "×", { name: summary.querySelector("span").textContent }));
      chip.after(made);
    }
    const axis = params.get("eje") ?? "";
    for (const option of document.querySelectorAll('.crm-chip[data-key="linea"] li[data-axis]'))
      option.hidden = Boolean(axis) && option.dataset.axis !== axis;
  };

  const colourOf = (pick) => [pick.support, pick.party, pick.partner].join("|");
  const state = new WeakMap();
  const apply = (at, params) => {
    const data = dataOf(at), pick = picked(params), rows = rowsOf(at);
    const recolour = state.get(at) !== colourOf(pick);
    state.set(at, colourOf(pick));
    const activities = rows.filter(isActivity), chosen = activities.filter((row) => isChosen(row, pick));
    const isShown = new Set(chosen);
    for (const row of rows) {
      const above = (row.dataset.above ?? "").split(" ").filter(Boolean);
      if (isActivity(row)) {
        row.hidden = !isShown.has(row) || above.some((code) => pick.folded.has(code));
        if (recolour) {
          cellsOf(row).forEach((cell, place) => colourSlot(data, row, cell, place, pick));
          row.lastElementChild.textContent = total(data, [row], pick);
        }
        continue;
      }
      const code = row.dataset.code, own = chosen.filter((each) => each.dataset.above.split(" ").includes(code));
      const axis = row.classList.contains("crm-axis") ? "" : own[0]?.dataset.above.split(" ")[0];
      row.hidden = !own.length || pick.folded.has(axis);
      row.setAttribute("aria-expanded", String(!pick.folded.has(code)));
      const link = row.querySelector(".crm-fold-band");
      link.dataset.changes = JSON.stringify({ plegado: [...pick.folded].filter((each) => each !== code).concat(pick.folded.has(code) ? [] : [code]).join(",") });
      if (!own.length) continue;
      cellsOf(row).forEach((cell, place) => {
        const counts = {};
        if (pick.support) for (const each of own) {
          const found = strongest(data, supporting(each, data.periods[place][0], pick.partner));
          counts[found] = (counts[found] ?? 0) + 1;
        } else for (const each of own) add(counts, counted(data, cellsOf(each)[place].dataset.s ?? "", pick.party));
        bar(cell, counts, pick.support ? [...data.supports, ""] : orderOf(data), data.periods[place][3]);
      });
      row.lastElementChild.textContent = total(data, own, pick);
      const open = row.querySelector("td.crm-open-years"), years = own.filter((each) => each.dataset.kinds.split(" ").includes("undefined")).length;
      if (open) open.textContent = years ? number(years) : "";
    }
    for (const body of at.querySelectorAll(".crm-board-rows tbody")) body.hidden = [...body.rows].every((row) => row.hidden);
    const head = at.querySelector("thead .crm-total");
    if (head) head.textContent = pick.support ? data.said.with_support : data.said.with_reports;
    for (const key of document.querySelectorAll("[data-key-of]")) key.hidden = (key.dataset.keyOf === "support") !== pick.support;
    const nothing = document.querySelector("[data-nothing]");
    if (nothing) nothing.hidden = chosen.length > 0;
    const finding = document.querySelector("[data-finding]"), next = document.querySelector("[data-next]");
    if (finding) finding.textContent = findingOf(at, data, chosen, pick);
    if (next) next.textContent = nextOf(data, chosen);
    chips(params);
    at.dataset.view = params.toString();
  };

  // A change that the board makes itself: pushed to the address, no word to the server.
  let known = "";
  const others = (params) => [...params].filter(([name]) => !LOCAL.includes(name)).sort().join("&");
  const go = (params) => {
    const target = new URL(document.location.href);
    target.search = params.toString();
    window.history.pushState({}, "", target);
    known = target.search;
    apply(board(), params);
  };
  document.addEventListener("click", (event) => {
    const at = board(), link = event.target.closest?.("a.crm-link[data-changes]");
    if (!at || !link || !window.crmPage.isPlain(event)) return;
    const changes = JSON.parse(link.dataset.changes), target = new URL(link.href, document.location.href);
    const stays = target.pathname === document.location.pathname && Object.keys(changes).every((name) => LOCAL.includes(name));
    if (!stays || !(link.closest(".crm-board, .crm-chips"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (link.matches(".crm-fold-band") && window.matchMedia("(max-width: 700px)").matches) return open(link.closest("tr"));
    const params = window.crmPage.put(new URLSearchParams(document.location.search), changes);
    const fold = link.closest("details");
    if (fold) { fold.open = false; fold.firstElementChild.focus(); }
    const row = link.closest("tr");
    go(params);
    if (row) row.querySelector("a")?.focus({ preventScroll: true });
  }, true);
  // On a phone lines are closed until they are opened; what is open there is nobody else's view.
  const open = (row) => {
    if (!row.classList.contains("crm-line")) return;
    const opened = row.classList.toggle("crm-opened");
    row.setAttribute("aria-expanded", String(opened));
    for (const each of rowsOf(board()).filter(isActivity))
      if (each.dataset.above.split(" ").includes(row.dataset.code)) each.classList.toggle("crm-opened", opened);
  };
  window.addEventListener("popstate", (event) => {
    const at = board();
    if (!at) return;
    const now = new URLSearchParams(document.location.search), before = new URLSearchParams(known);
    if (document.location.pathname !== path || others(now) !== others(before) || known === document.location.search) return;
    event.stopImmediatePropagation();
    known = document.location.search;
    apply(at, now);
  }, true);

  // A board that was drawn anew: its bars and labels of the address as it is now, whatever the reader
  // changed while the server drew; one stop for the Tab key.
  let path = "";
  const begin = (at) => {
    path = document.location.pathname;
    known = document.location.search;
    const params = new URLSearchParams(known);
    at.dataset.begun = "";
    for (const link of at.querySelectorAll("tbody a, thead a")) link.tabIndex = -1;
    for (const row of rowsOf(at)) for (const cell of row.children) {
      cell.tabIndex = -1;
      if (cell.matches("td:not(.crm-no-column, .crm-open-years, .crm-total)")) cell.setAttribute("role", "gridcell");
    }
    for (const brief of at.querySelectorAll(".crm-brief")) brief.title = brief.nextElementSibling.textContent;
    const first = rowsOf(at).find((row) => !row.hidden)?.firstElementChild;
    if (first) first.tabIndex = 0;
    const line = params.get("linea");
    if (window.matchMedia("(max-width: 700px)").matches && line) {
      const row = at.querySelector(`tr[data-code="${CSS.escape(line)}"]`);
      if (row) open(row);
    }
    apply(at, params);
  };
  const look = () => {
    const at = board();
    if (at && at.dataset.begun === undefined) begin(at);
  };
  window.crmPage.watch(look);

  // Paper has a table an axis: whose it is, and the years, stand on every sheet of it.
  let parted = [];
  window.addEventListener("beforeprint", () => {
    const table = board()?.querySelector(".crm-board-rows > table");
    if (!table || parted.length) return;
    for (const body of [...table.tBodies].slice(1)) {
      const own = table.cloneNode(false);
      own.append(table.querySelector("colgroup").cloneNode(true), table.tHead.cloneNode(true), body);
      table.parentElement.append(own);
      parted.push(own);
    }
    for (const each of [table, ...parted]) {
      const title = each.querySelector(".crm-axis > th > .crm-whole")?.textContent ?? "";
      const head = each.tHead.insertRow(0).appendChild(document.createElement("th"));
      head.colSpan = each.rows[each.rows.length - 1].cells.length;
      head.textContent = title;
      head.className = "crm-sheet-title";
    }
  });
  window.addEventListener("afterprint", () => {
    const table = board()?.querySelector(".crm-board-rows > table");
    if (!table) return;
    for (const each of parted) { table.append(each.tBodies[0]); each.remove(); }
    parted = [];
    for (const title of table.querySelectorAll(".crm-sheet-title")) title.parentElement.remove();
  });

  const tip = document.createElement("div");
  tip.className = "crm-tip";
  tip.hidden = true;
  const hide = () => { tip.hidden = true; };
  const showTip = (cell) => {
    const text = cell?.getAttribute("aria-label");
    if (!text) return hide();
    document.body.append(tip);
    tip.textContent = text;
    tip.hidden = false;
    const box = cell.getBoundingClientRect(), own = tip.getBoundingClientRect();
    const below = box.bottom + 6 + own.height < window.innerHeight;
    tip.style.left = `${Math.max(4, Math.min(box.left, window.innerWidth - own.width - 8))}px`;
    tip.style.top = `${below ? box.bottom + 6 : box.top - own.height - 6}px`;
  };
  const cellAt = (event) => event.target.closest?.(".crm-board-rows td[role=gridcell]");
  document.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") showTip(cellAt(event)); });
  document.addEventListener("focusin", (event) => showTip(cellAt(event)));
  document.addEventListener("scroll", hide, true);

  const tell = (parent, name, text) => parent.appendChild(Object.assign(document.createElement(name), { textContent: text }));
  let origin = null;
  const close = () => {
    const panel = board()?.querySelector(".crm-beside");
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    origin?.focus({ preventScroll: true });
    return true;
  };
  const show = (cell) => {
    const at = board(), data = dataOf(at), row = cell.parentElement, panel = at.querySelector(".crm-beside");
    if (!isActivity(row) || !cell.getAttribute("aria-label")) return;
    const [period, label, , late] = data.periods[cellsOf(row).indexOf(cell)];
    origin = cell;
    hide();
    panel.replaceChildren();
    const button = tell(panel, "button", "×");
    button.type = "button";
    button.setAttribute("aria-label", data.close);
    button.addEventListener("click", close);
    tell(panel, "h3", `${row.dataset.code} · ${label}`);
    tell(panel, "p", row.querySelector("th > .crm-whole").textContent);
    if (cell.dataset.m) tell(panel, "p", filled(data.mark, { mark: cell.dataset.m }));
    for (const each of supporting(row, period, "")) tell(panel, "p", `${each[0] ? data.partners[each[0]] : data.said.nobody}: ${data.states[each[1]]}`);
    if (cell.dataset.s) {
      const pending = data.periods[cellsOf(row).indexOf(cell)][4];
      if (cell.dataset.s.includes("-") && pending) tell(panel, "p", pending);
      const rows = panel.appendChild(document.createElement("table")), values = (cell.dataset.v ?? "").split(",");
      data.parties.forEach(([, name], place) => {
        const own = data.letters[cell.dataset.s[place]], line = rows.insertRow();
        tell(line, "th", name).scope = "row";
        const said = line.insertCell();
        said.appendChild(document.createElement("i")).className = `s-${own}${late && own === "sin_reporte" ? " crm-late" : ""}`;
        said.append(values[place] ? `${data.states[own]}, ${filled(data.said.percent, { value: values[place] })}` : data.states[own]);
      });
    }
    if (cell.dataset.o) tell(panel, "p", filled(data.said.outside, { n: cell.dataset.o }));
    const sheet = row.querySelector("a.crm-code"), link = tell(tell(panel, "p", ""), "a", filled(data.open, { code: row.dataset.code }));
    link.className = "crm-link";
    link.href = sheet.href;
    link.dataset.changes = sheet.dataset.changes;
    panel.hidden = false;
    button.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const cell = cellAt(event);
    if (cell) show(cell);
    else if (event.target.closest?.(".crm-board-rows tbody th") && !event.target.closest("a")) {
      // A name that somebody marks, to copy it, opens nothing.
      if (window.getSelection().isCollapsed) event.target.closest("tr").querySelector(OPENS)?.click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close()) { event.preventDefault(); return; }
    const cell = event.target.closest?.(".crm-board-rows tbody :is(th, td)");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = cell.parentElement, place = [...row.children].indexOf(cell);
    const shown = rowsOf(board()).filter((each) => each.offsetParent !== null), at = shown.indexOf(row);
    const steps = { ArrowUp: [at - 1, place], ArrowDown: [at + 1, place], ArrowLeft: [at, place - 1], ArrowRight: [at, place + 1],
      Home: [event.ctrlKey ? 0 : at, 0], End: [at, row.children.length - 1], PageDown: [Math.min(at + 15, shown.length - 1), place], PageUp: [Math.max(at - 15, 0), place] };
    if (event.key in steps) {
      event.preventDefault();
      const [next, column] = steps[event.key], target = shown[next]?.children[column];
      if (!target) return;
      cell.tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key === "Enter" || event.key === " ") {
      if (event.target.closest("a")) return;
      event.preventDefault();
      const link = cell.querySelector(OPENS);
      if (link) { link.dispatchEvent(new Event("focusin", { bubbles: true })); link.click(); } else show(cell);
    }
  });
}
