/* Builds what the browser gets: site.css, site.js, htmx.min.js and the pictures of the mark.
   `npm ci && npm run build`; the results are committed, so that running the site needs no Node. */
import { readFileSync, readdirSync, writeFileSync, copyFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { transform } from "lightningcss";
import { Resvg } from "@resvg/resvg-js";
import { bootstrapParts } from "./bootstrap.mjs";

const source = new URL("./", import.meta.url);
const target = new URL("../static/assessments/", import.meta.url);
const read = (path) => readFileSync(new URL(path, source), "utf8");
const write = (name, content) => writeFileSync(new URL(name, target), content);

/* Styles: Bootstrap's form parts first, ours after. light-dark() is of 2024: the targets make
   lightningcss write it as two custom properties that every browser with :root variables knows. */
const cssOf = (folder) =>
  readdirSync(new URL(folder, source)).filter((name) => name.endsWith(".css")).sort().map((name) => read(folder + name)).join("\n");
const minified = (filename, styles) =>
  transform({
    filename,
    code: Buffer.from(styles),
    minify: true,
    targets: { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) },
  }).code;
const notice = "/*! Form rules from Bootstrap 5.3, (c) The Bootstrap Authors, MIT licence */\n";
write("site.css", notice + minified("site.css", bootstrapParts() + cssOf("css/")));
/* Pages beyond the sitting (roles, plan, progress, review) load a second sheet, so that a question stays light. */
write("study.css", minified("study.css", cssOf("css/study/")));

/* The desk is Django's admin: its document cannot carry our theme attribute, so each theme is a sheet. */
const SCHEMES = { auto: "light dark", light: "light", dark: "dark" };
for (const [theme, scheme] of Object.entries(SCHEMES)) {
  write(`desk-${theme}.css`, minified(`desk-${theme}.css`, `${read("css/1-tokens.css")}${cssOf("css/desk/")}:root:root { color-scheme: ${scheme}; }`));
}

/* Script: htmx as its authors ship it, ours minified; nothing is bundled, so each can be cached alone. */
for (const script of ["site.js", "charts.js", "desk.js"]) write(script, transformSync(read(script), { minify: true, target: "es2020", format: "iife" }).code);
copyFileSync(new URL("../../node_modules/htmx.org/dist/htmx.min.js", import.meta.url), new URL("htmx.min.js", target));

/* The mark: one drawing, three files. */
const picture = (svg, width) => new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();
const mark = read("mark.svg");
write("mark.svg", mark);
write("apple-touch-icon.png", picture(mark, 180));
write("share.png", picture(read("share.svg"), 1200));
write("favicon.ico", icon(picture(mark, 32), 32));

/** An .ico file is a 22-byte header before a PNG. */
function icon(png, size) {
  const header = Buffer.alloc(22);
  [[2, 1], [4, 1], [10, 1], [12, 32]].forEach(([at, value]) => header.writeUInt16LE(value, at));
  header[6] = header[7] = size;
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(22, 18);
  return Buffer.concat([header, png]);
}
