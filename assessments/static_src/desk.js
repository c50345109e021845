/* The editor's desk: buttons that insert code, a formula or a picture where the author is writing. Without
   script the Markdown is typed. */
(() => {
  const words = document.getElementById("desk-words")?.dataset;
  if (!words) return;
  const BLOCKS = /^id_(stem|explanation)$/; // only these hold more than a line of text
  const fields = [...document.querySelectorAll(".desk textarea")].filter((field) => !/code_source|accepted/.test(field.id));

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

  for (const field of fields) {
    const bar = document.createElement("div"), status = document.createElement("span");
    bar.className = "inserts";
    status.setAttribute("role", "status");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `${words.toolbar} ${field.labels[0]?.textContent ?? ""}`);
    for (const [name, act] of [[words.code, code], [words.formula, formula], [words.image, picture]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => act(field, status));
      bar.append(button);
    }
    bar.append(status);
    field.before(bar);
  }
})();
