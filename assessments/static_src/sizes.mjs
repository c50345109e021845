/* Says what a first visit weighs, as it travels: brotli for static files. */
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const LIMITS = { "site.css": 8192, "htmx.min.js": 16896, "site.js": 2560, "charts.js": 2560 };
let heavy = false;
for (const [name, limit] of Object.entries(LIMITS)) {
  const bytes = brotliCompressSync(readFileSync(new URL(`../static/assessments/${name}`, import.meta.url))).length;
  heavy ||= bytes > limit;
  console.log(`${name.padEnd(12)} ${bytes} of ${limit}${bytes > limit ? "  TOO HEAVY" : ""}`);
}
process.exitCode = heavy ? 1 : 0;
