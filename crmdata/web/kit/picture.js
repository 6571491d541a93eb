// Saves the charts that a button names, or the tables that it selects, as one picture, with title,
// cut-off and demonstration mark inside it. It is made here in the browser from what is drawn: SVG as
// it stands, PNG twice as large.
if (!window.crmPictures) {
  window.crmPictures = true;
  const EDGE = 16;
  const LONGEST = 16000;

  const add = (parent, name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    parent.appendChild(made);
    return made;
  };

  // An image cannot use the page's type, so the file of it goes along.
  const type = async (name) => {
    const rules = [...document.styleSheets].flatMap((sheet) => {
      try { return [...sheet.cssRules]; } catch { return []; }
    });
    const face = rules.find((rule) => rule instanceof CSSFontFaceRule
      && rule.style.fontFamily.includes("Source Sans") && rule.style.fontStyle !== "italic");
    const source = face && face.style.src.match(/url\("?([^")]+)"?\)/);
    if (!source) return "";
    const base = (face.parentStyleSheet && face.parentStyleSheet.href) || document.baseURI;
    const answer = await fetch(new URL(source[1], base));
    if (!answer.ok) return "";
    const file = await answer.blob();
    const data = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(file);
    });
    return `@font-face { font-family: "${name}"; font-weight: 200 900; src: url("${data}"); }`;
  };

  const folded = (text, font, width) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  // A chart that opens what was clicked has a number in its key, which grows with every click.
  const chart = (name) => {
    const own = new RegExp(`^st-key-chart-(${name}|opens-${name}-[0-9]+)$`);
    return [...document.querySelectorAll('[class*="st-key-chart-"]')]
      .find((box) => [...box.classList].some((key) => own.test(key)))
      .querySelector(".js-plotly-plot");
  };

  // A table goes in whole, however much of it is in sight, with the page's own style.
  const ownStyle = () => {
    const sheets = [...document.styleSheets].filter((sheet) => !sheet.href || sheet.href.includes("/_crmdata/"));
    const rules = sheets.flatMap((sheet) => { try { return [...sheet.cssRules]; } catch { return []; } });
    return rules.filter((rule) => !(rule instanceof CSSFontFaceRule && rule.style.fontFamily.includes("crm-text"))).map((rule) => rule.cssText).join("\n");
  };
  const breadth = (one) => Math.max(one.clientWidth, ...[...one.querySelectorAll(".crm-faces-rows")].map((rows) => rows.scrollWidth));
  const table = (svg, one, y, app) => {
    const copy = one.cloneNode(true), width = breadth(one);
    // What is found stands over the picture already, and its tools do nothing in it.
    copy.querySelectorAll(".crm-beside, .crm-tip, .crm-apparatus, .crm-lead-in").forEach((part) => part.remove());
    const box = document.createElement("div");
    box.className = "stHtml crm-whole-picture";
    box.style.cssText = `position: absolute; visibility: hidden; width: ${width}px; font: ${getComputedStyle(one).font}; color: ${app.color};`;
    box.append(copy);
    one.parentElement.append(box);
    const height = box.offsetHeight;
    box.style.position = box.style.visibility = "";
    add(svg, "foreignObject", { x: EDGE, y, width, height }).append(box);
    return height;
  };

  const drawn = async (settings) => {
    const tables = settings.tables ? [...document.querySelectorAll(settings.tables)] : [];
    const charts = settings.tables ? [] : settings.charts.split(" ").map(chart);
    const app = getComputedStyle(document.querySelector(".stApp"));
    const width = Math.max(...charts.map((one) => one.clientWidth), ...tables.map(breadth)) + 2 * EDGE;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.style.colorScheme = app.colorScheme;
    add(svg, "title", {}, settings.title);
    add(svg, "style", {}, tables.length ? ownStyle() + await type("crm-text") : await type("Source Sans"));
    const ground = add(svg, "rect", { width, fill: app.backgroundColor });
    let y = 0;
    if (settings.mark) {
      const strip = add(svg, "rect", { y, width, fill: "#ffd54a" });
      y = lines(svg, settings.mark, "600 15px", "#1a1a1a", y + 4, width) + 8;
      strip.setAttribute("height", y);
    }
    // What the reader chose here in the browser the server has not heard of: it is read as it stands.
    const finding = tables.length && (document.querySelector(".stApp [data-finding]") || tables[0].querySelector(".crm-lead-in h2"));
    const said = (finding && finding.textContent) || settings.title;
    const chips = tables.length ? [...document.querySelectorAll(".stApp .crm-chip > summary:has(> b)")] : [];
    const chosen = chips.map((one) => [...one.children].map((part) => part.textContent).join(" "));
    y = lines(svg, said, "600 20px", app.color, y + 8, width);
    y = lines(svg, [settings.note, ...chosen].join(" · "), "400 15px", app.color, y + 2, width) + 12;
    for (const one of charts) {
      for (const layer of one.querySelectorAll(".main-svg")) {
        const copy = layer.cloneNode(true);
        copy.querySelectorAll(".hoverlayer > *, .draglayer").forEach((part) => part.remove());
        for (const [key, value] of Object.entries({ x: EDGE, y, width: layer.clientWidth || one.clientWidth, height: one.clientHeight })) copy.setAttribute(key, value);
        copy.removeAttribute("style");
        svg.appendChild(copy);
      }
      y += one.clientHeight;
    }
    for (const one of tables) y += table(svg, one, y, app) + 4;
    const height = Math.ceil(y + EDGE);
    ground.setAttribute("height", height);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return { svg, width, height };
  };

  const lines = (svg, text, font, fill, top, width) => {
    const [weight, size] = font.split(" ");
    const step = parseInt(size, 10) * 1.3;
    for (const line of folded(text, `${font} crm-text, "Source Sans"`, width - 2 * EDGE)) {
      top += step;
      add(svg, "text", { x: EDGE, y: top - step * 0.2, fill, "font-family": 'crm-text, "Source Sans", sans-serif', "font-weight": weight, "font-size": size }, line);
    }
    return top;
  };

  const asPng = async (text, { width, height }) => {
    const image = new Image();
    // Not by an address of a blob: with HTML within, a canvas could not be read any more.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const scale = Math.min(2, LONGEST / height);
    const canvas = Object.assign(document.createElement("canvas"), {
      width: Math.round(width * scale), height: Math.round(height * scale),
    });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/png"); });
  };

  const save = (file, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("button.crm-picture");
    if (!button) return;
    const settings = button.dataset;
    const told = button.parentElement.querySelector("[role=status]");
    told.textContent = settings.making;
    try {
      const picture = await drawn(settings);
      const text = new XMLSerializer().serializeToString(picture.svg);
      const svg = new Blob([text], { type: "image/svg+xml" });
      const file = settings.format === "png" ? await asPng(text, picture) : svg;
      save(file, `${settings.file}.${settings.format}`);
      told.textContent = settings.done;
    } catch (error) {
      console.warn(error);
      told.textContent = settings.failed;
    }
  });
}
