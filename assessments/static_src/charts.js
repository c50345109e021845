/* What script adds to a chart: it can be saved as a file. Every number is on the page without it. */
(() => {
  const words = document.getElementById("live")?.dataset ?? {};

  /* ---- A chart as a file. Its look comes from the stylesheet, so what is computed is written into attributes. */
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "display", "paint-order"];
  function save(svg) {
    const copy = svg.cloneNode(true), drawn = svg.querySelectorAll("*"), { width, height } = svg.getBoundingClientRect();
    copy.querySelectorAll("*").forEach((one, at) => {
      const style = getComputedStyle(drawn[at]);
      LOOK.forEach((name) => one.setAttribute(name, style.getPropertyValue(name)));
      if (style.vectorEffect !== "none") one.setAttribute("vector-effect", style.vectorEffect);
    });
    /* Labels stand beside the drawing, so it is set into a larger sheet in the colour of the card. */
    const sheet = document.createElementNS("http://www.w3.org/2000/svg", "svg"), paper = document.createElementNS(sheet.namespaceURI, "rect");
    const set = (one, looks) => Object.entries(looks).forEach(([name, value]) => one.setAttribute(name, value));
    set(sheet, { width: width + 140, height: height + 24 });
    set(paper, { width: "100%", height: "100%", fill: getComputedStyle(svg.closest(".card") ?? document.body).backgroundColor });
    set(copy, { x: 110, y: 12, width, height, overflow: "visible" });
    sheet.append(paper, copy);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" }));
    link.download = "careerquiz.svg";
    link.click();
    URL.revokeObjectURL(link.href);
  }
  document.querySelectorAll(".chart + .data").forEach((data) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words.save });
    button.addEventListener("click", () => save(data.previousElementSibling.querySelector("svg")));
    data.append(button);
  });
})();
