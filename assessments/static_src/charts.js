/* What script adds to a chart: exact values where the pointer or the focus is, arrow keys, and a file to keep.
   Every number is on the page without it. */
(() => {
  const words = document.getElementById("live")?.dataset ?? {};

  const NS = "http://www.w3.org/2000/svg";
  const make = (tag, looks) => Object.entries(looks).reduce((one, [name, value]) => (one.setAttribute(name, value), one), document.createElementNS(NS, tag));

  /* ---- Exact values. A mark is what has a title of its own; Tab comes to the first one, arrows to the others. */
  const tip = Object.assign(document.createElement("p"), { className: "tip", hidden: true });
  tip.setAttribute("aria-hidden", "true"); /* it repeats the name of the mark */
  document.body.append(tip);
  function tell(mark) {
    const said = mark?.dataset.tip, place = mark?.getBoundingClientRect();
    tip.hidden = !said;
    if (!said) return;
    tip.textContent = said;
    const { width, height } = tip.getBoundingClientRect(), edge = document.documentElement.clientWidth;
    tip.style.left = `${scrollX + Math.max(8, Math.min(edge - width - 8, place.left + place.width / 2 - width / 2))}px`;
    tip.style.top = `${scrollY + (place.top > height + 12 ? place.top - height - 8 : place.bottom + 8)}px`;
  }
  for (const title of document.querySelectorAll(".chart svg title")) {
    const mark = title.parentElement, drawing = mark.closest(".chart > svg");
    if (mark === drawing || !drawing) continue;
    mark.dataset.tip = title.textContent; /* the browser's own, slower words would stand over ours */
    title.remove();
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", mark.dataset.tip);
    mark.setAttribute("tabindex", drawing.querySelector("[tabindex]") ? -1 : 0);
    drawing.setAttribute("role", "group");
  }
  const marked = (event) => event.target.closest?.("[data-tip]");
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => tell(marked(event)));
  document.addEventListener("focusout", () => tell());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tell();
    const from = marked(event), way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!from || !way) return;
    const here = from.getBoundingClientRect();
    const far = (one) => {
      const there = one.getBoundingClientRect();
      const dx = there.left + there.width / 2 - here.left - here.width / 2, dy = there.top + there.height / 2 - here.top - here.height / 2;
      const along = dx * way[0] + dy * way[1];
      return along < 1 ? Infinity : along + 2 * Math.abs(dx * way[1] + dy * way[0]);
    };
    const others = [...from.closest(".chart > svg").querySelectorAll("[data-tip]")].map((one) => [far(one), one]).filter(([away]) => away < Infinity);
    if (!others.length) return;
    event.preventDefault();
    others.sort(([a], [b]) => a - b)[0][1].focus();
  });

  /* ---- A chart as a file. Its look comes from the stylesheet, so what is computed is written into attributes. */
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "display", "paint-order"];
  function copied(svg, place) {
    const copy = svg.cloneNode(true), drawn = svg.querySelectorAll("*"), { width, height } = svg.getBoundingClientRect();
    copy.querySelectorAll("*").forEach((one, at) => {
      const style = getComputedStyle(drawn[at]);
      LOOK.forEach((name) => one.setAttribute(name, style.getPropertyValue(name)));
      if (style.vectorEffect !== "none") one.setAttribute("vector-effect", style.vectorEffect);
      if (one.dataset.tip) one.prepend(Object.assign(make("title", {}), { textContent: one.dataset.tip }));
    });
    Object.entries({ ...place, width, height, overflow: "visible" }).forEach(([name, value]) => copy.setAttribute(name, value));
    return copy;
  }
  /* Words that stand in HTML beside a drawing are set as text, line by line as the page broke them. */
  function worded(part, box) {
    const { color: fill, fontFamily, fontSize, fontWeight } = getComputedStyle(part), lines = new Map(), range = document.createRange();
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { index, 0: word } of texts.currentNode.data.matchAll(/\S+/g)) {
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const { left, bottom, height } = range.getBoundingClientRect();
        const line = lines.get(Math.round(bottom)) ?? { x: left - box.left, y: bottom - box.top - height / 4, words: [] };
        lines.set(Math.round(bottom), line);
        line.words.push(word);
      }
    }
    return [...lines.values()].map(({ x, y, words: said }) =>
      Object.assign(make("text", { x, y, fill, "font-family": fontFamily, "font-size": fontSize, "font-weight": fontWeight }), { textContent: said.join(" ") }));
  }
  function save(chart) {
    const box = chart.getBoundingClientRect(), beside = chart.matches(".gutter") ? 0 : 16;
    const sheet = make("svg", { width: box.width + 2 * beside, height: box.height + 32, viewBox: `${-beside} -16 ${box.width + 2 * beside} ${box.height + 32}` });
    sheet.append(make("rect", { x: -beside, y: -16, width: "100%", height: "100%", fill: getComputedStyle(chart.closest(".card") ?? document.body).backgroundColor }));
    for (const svg of chart.querySelectorAll("svg:not(svg svg)")) {
      const { left, top, width } = svg.getBoundingClientRect();
      if (width) sheet.append(copied(svg, { x: left - box.left, y: top - box.top }));
    }
    chart.querySelectorAll(".profile-name, .profile-said").forEach((part) => sheet.append(...worded(part, box)));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" }));
    link.download = "careerquiz.svg";
    link.click();
    URL.revokeObjectURL(link.href);
  }
  document.querySelectorAll(":is(.chart, .profile) + .data").forEach((data) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words.save });
    button.addEventListener("click", () => save(data.previousElementSibling));
    data.append(button);
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
