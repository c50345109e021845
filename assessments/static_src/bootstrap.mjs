/* Takes from Bootstrap only the rules for what crispy forms and account pages print and we do not draw ourselves. */
import { readFileSync } from "node:fs";
import postcss from "postcss";

/* A rule stays when every class in it is in this list. Our own file comes after and has the last word. */
const KEPT = new Set([
  "form-check", "form-check-input", "form-check-label", "form-check-inline",
  "input-group", "input-group-text", "form-control", "btn-group",
  "mb-0", "mb-2", "mb-3", "mt-3", "m-0", "pt-0", "d-none", "d-inline", "fs-6", "text-center", "list-unstyled",
]);
/* Bootstrap's look of these is not ours, only its arithmetic: the layout is taken, the paint is left. */
const PAINT = /^(--bs-|background|color$|border-color|box-shadow|print-color|filter|transition|appearance|-webkit|-moz)/;

export function bootstrapParts() {
  const file = new URL("../../node_modules/bootstrap/dist/css/bootstrap.css", import.meta.url);
  const sheet = postcss.parse(readFileSync(file, "utf8"));
  const kept = postcss.root();
  sheet.each((rule) => {
    if (rule.type !== "rule") return;
    const selectors = rule.selectors.filter(isKept);
    if (!selectors.length) return;
    const copy = rule.clone({ selectors });
    copy.walkDecls((declaration) => { if (PAINT.test(declaration.prop) || declaration.value.includes("data:")) declaration.remove(); });
    if (copy.nodes.some((node) => node.type === "decl")) kept.append(copy);
  });
  return kept.toString();
}

function isKept(selector) {
  if (/::|\[|:not|:focus|:active|:disabled|textarea|select|\.btn|\.was-/.test(selector)) return false;
  const classes = [...selector.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
  return classes.length > 0 && classes.every((name) => KEPT.has(name));
}
