/* The editor's desk: buttons that insert code, a formula or a picture where the author is writing. Without
   script the Markdown is typed. */
(() => {
  const words = document.getElementById("desk-words")?.dataset;
  if (!words) return;
  const BLOCKS = /^id_(stem|explanation)$/; // only these hold more than a line of text
  const PLAIN = /code_source|accepted|tags/;

  /* Typed, so that undo works and the preview hears of it. */
  function insert(field, before, inside, after) {
    field.focus();
    const { selectionStart: start, selectionEnd: end, value } = field;
    const chosen = value.slice(start, end) || inside;
    if (!document.execCommand("insertText", false, before + chosen + after)) {
      field.setRangeText(before + chosen + after, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(start + before.length, start + before.length + chosen.length);
  }
  function code(field) {
    const many = BLOCKS.test(field.id) && field.value.slice(field.selectionStart, field.selectionEnd).includes("\n");
    if (many) insert(field, "\n```python\n", "", "\n```\n");
    else insert(field, "`", "x", "`");
  }
  const formula = (field) => insert(field, "$", "x^2", "$");

  function picture(field, status) {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/png,image/jpeg,image/gif,image/webp";
    chooser.addEventListener("change", async () => {
      const form = new FormData();
      form.append("picture", chooser.files[0]);
      form.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
      status.textContent = "";
      try {
        const reply = await fetch(words.picture, { method: "POST", body: form });
        const { address, fault } = await reply.json();
        if (!address) { status.textContent = fault || words.failed; return; }
        const shows = (prompt(words.describe) || "").replace(/[[\]]/g, "");
        insert(field, `![${shows}](${address})`, "", "");
      } catch { status.textContent = words.failed; }
    });
    chooser.click();
  }

  function equip(field) {
    if (PLAIN.test(field.id)) return;
    const bar = document.createElement("div"), status = document.createElement("span");
    bar.className = "inserts";
    status.setAttribute("role", "status");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `${words.toolbar} ${field.labels[0]?.textContent ?? ""}`);
    for (const [name, act] of [[words.code, code], [words.formula, formula], [words.image, picture]])
      bar.append(button(name, () => act(field, status)));
    bar.append(status);
    field.before(bar);
  }
  function button(name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", act);
    return made;
  }
  document.querySelectorAll(".desk textarea").forEach(equip);

  /* More rows than the page came with: Django counts them in TOTAL_FORMS, up to MAX_NUM_FORMS. */
  for (const pattern of document.querySelectorAll("template[data-rows]")) {
    const prefix = pattern.dataset.rows, rows = pattern.parentElement.querySelector("ol.rows");
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`), most = document.getElementById(`id_${prefix}-MAX_NUM_FORMS`);
    const more = button(words.more, () => {
      const row = pattern.content.cloneNode(true).querySelector("li");
      row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
      rows.append(row);
      total.value = Number(total.value) + 1;
      row.querySelectorAll("textarea").forEach(equip);
      more.disabled = Number(total.value) >= Number(most.value);
      row.querySelector("textarea, input, select")?.focus();
    });
    more.disabled = Number(total.value) >= Number(most.value);
    const bar = document.createElement("div");
    bar.className = "inserts more-rows";
    bar.append(more);
    pattern.before(bar);
  }
})();
