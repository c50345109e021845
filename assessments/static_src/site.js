/* Makes the question page quicker for hands and honest about the line. Everything here improves a page
   that works without it; nothing here says "saved", only the server's own words do. */
(() => {
  const live = document.getElementById("live");
  const words = live?.dataset ?? {};
  const answerForm = () => document.querySelector("form[data-answer]");
  const ANSWERS = /^(choice|number|text|unknown|rating|confidence|place_|match_)/;
  const on = (name, act, capture) => document.addEventListener(name, act, capture);

  /* Emptied first: a live region that is given the same text twice is read once. */
  function say(text) {
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 60);
  }
  function show(form, text) {
    const line = form.querySelector("[data-status]");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("is-unsaved", text !== words.saving);
  }

  /* ---- How long the question was in sight: the Page Visibility clock, for visible_ms. */
  let seen = 0, since = 0;
  function tally() {
    if (since) seen += performance.now() - since;
    since = document.hidden ? 0 : performance.now();
  }
  on("visibilitychange", tally);

  /* ---- An answer under way is kept in this tab until the server has it. Should the session have ended
     meanwhile, it is filled in and sent again after signing in. */
  const KEPT = "careerquiz.answer";
  let refilled;
  function keep(form) {
    try { sessionStorage.setItem(KEPT, JSON.stringify([form.action, [...new FormData(form)]])); } catch { /* storage is closed */ }
  }
  function forget() { try { sessionStorage.removeItem(KEPT); } catch { /* storage is closed */ } }
  function refill(form) {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* nothing is kept */ }
    if (!form || !kept) return;
    if (kept[0] !== form.action) { forget(); return; }
    refilled = true;
    for (const [name, value] of kept[1]) {
      if (!ANSWERS.test(name)) continue;
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (!/radio|checkbox/.test(field.type)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
  }
  on("DOMContentLoaded", () => {
    const form = answerForm();
    if (!refilled) return;
    show(form, words.kept);
    say(words.kept);
    form.requestSubmit();
  });

  /* ---- Sending. One form is one answer: while it is under way neither a second click nor a changed
     choice may pass, for the first one may already have arrived. */
  let late, again, tries = 0;
  const free = (form) => form.removeAttribute("aria-busy");
  on("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("aria-busy")) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    if (form.matches("[data-answer]")) {
      if (!given(form)) { event.preventDefault(); event.stopImmediatePropagation(); show(form, words.empty); say(words.empty); return; }
      const clock = form.elements.visible_ms;
      if (clock && !tries) { tally(); clock.value = Math.round(seen); }
      keep(form);
    } else if (/logout/.test(form.action)) forget();
    if (form.method !== "post") return;
    form.setAttribute("aria-busy", "true");
    clearTimeout(late);
    late = setTimeout(() => { if (!tries && form.isConnected) show(form, words.saving); }, 300);
    /* A plain form that has not left the page by then has met an error the browser showed itself. */
    if (!form.hasAttribute("hx-post")) setTimeout(() => free(form), 8000);
  }, true);
  const given = (form) => [...new FormData(form)].some(([name, value]) => value && name !== "confidence" && ANSWERS.test(name));

  function tryAgain(form) {
    clearTimeout(late);
    show(form, words.retrying);
    if (!tries) say(words.retrying);
    const seconds = Math.min(30, 2 ** tries++) * (0.75 + Math.random() / 2);
    clearTimeout(again);
    again = setTimeout(() => resend(form), seconds * 1000);
  }
  function resend(form) {
    clearTimeout(again);
    if (!form.isConnected) return;
    form.removeAttribute("aria-busy");
    htmx.trigger(form, "submit");
  }
  const sent = (event) => event.detail.requestConfig.elt;
  on("htmx:sendError", (event) => tryAgain(sent(event)));
  on("htmx:timeout", (event) => tryAgain(sent(event)));
  on("htmx:responseError", (event) => {
    const form = sent(event), { status } = event.detail.xhr;
    if (status >= 500 || status === 429) { tryAgain(form); return; }
    tries = 0;
    /* The session is another one: the question's own page asks to sign in, or carries a fresh token. */
    const page = /^.*\/attempts\/\d+\//.exec(form.action);
    if (/40[34]/.test(status) && !refilled && page) location.assign(page[0]);
    /* The server explains the other refusals on a page of its own: let the browser show it. */
    else if (form.submit) { forget(); form.submit(); }
  });
  on("htmx:beforeOnLoad", ({ detail: { xhr } }) => { if (xhr.status < 400 && !isPage(xhr.responseText)) { forget(); refilled = false; } });
  const isPage = (text) => /^\s*<!doctype/i.test(text);
  /* Offline is said before she sends; what stood there, say "6 answers saved.", comes back with the line. */
  let stood;
  function line() {
    const status = document.querySelector("[data-status]");
    if (!status || tries) return;
    if (!navigator.onLine) { stood = [...status.childNodes]; status.textContent = words.offline; say(words.offline); }
    else if (stood) { status.replaceChildren(...stood); stood = null; }
  }
  addEventListener("offline", line);
  addEventListener("online", () => { const form = answerForm(); if (tries && form) resend(form); else line(); });
  addEventListener("beforeunload", (event) => { if (tries) event.preventDefault(); });
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(free); });

  /* A whole page where a piece was asked for: go there (say, to the sign-in page), or let the browser fetch a
     refusal by sending the form again. What htmx calls an error is the business of the handlers above. */
  on("htmx:beforeSwap", (event) => {
    const { status, responseURL } = event.detail.xhr;
    clearTimeout(late);
    clearTimeout(again);
    if (event.detail.isError) return;
    tries = 0;
    if (!isPage(event.detail.serverResponse)) return;
    event.detail.shouldSwap = false;
    if (status >= 400) sent(event).submit();
    else location.assign(responseURL);
  });
  on("htmx:afterSwap", () => {
    const question = document.getElementById("question");
    if (!question) return;
    begin();
    question.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
    scrollTo(0, 0);
    say(question.dataset.say);
  });

  /* ---- Keys. They can be switched off, as WCAG 2.1.4 asks: speech software types single characters. */
  const KEYS = "careerquiz.keys";
  const keysOn = () => { try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; } };
  const keysButton = document.querySelector("[data-keys]");
  if (keysButton && answerForm()) {
    const mark = () => { keysButton.hidden = false; keysButton.setAttribute("aria-pressed", keysOn()); };
    keysButton.addEventListener("click", () => {
      try { localStorage.setItem(KEYS, keysOn() ? "off" : "on"); } catch { /* storage is closed: the keys stay on */ }
      mark();
    });
    mark();
  }
  on("keydown", (event) => {
    const form = answerForm(), at = event.target;
    if (!form || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (form.getAttribute("aria-busy")) { if (form.contains(at) && event.key !== "Tab") event.preventDefault(); return; }
    const typing = at.matches("textarea,select,input:not([type=radio],[type=checkbox])");
    if (/^\d$/.test(event.key) && !typing && keysOn()) {
      const cap = [...form.querySelectorAll(".answer .cap")].find((one) => one.textContent.trim() === event.key);
      const input = cap?.closest(".answer").querySelector("input");
      if (input) { event.preventDefault(); input.click(); input.focus(); }
    }
    if (event.key === "Enter" && !at.closest("a,button,summary,input,select,textarea")) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  /* "I don't know" and an answer shut each other out. */
  on("input", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-answer]") || /^(confidence|visible_ms)$/.test(target.name)) return;
    if (target.name !== "unknown") { if (form.elements.unknown) form.elements.unknown.checked = false; }
    else if (target.checked) form.querySelectorAll("[name=choice]").forEach((one) => { one.checked = false; });
  });

  /* ---- Ordering: each row has a number select; with script it also has two buttons, and rows move. */
  function order(list) {
    const rows = () => [...list.children];
    const place = (row) => row.querySelector("select");
    const renumber = () => rows().forEach((row, at) => { place(row).value = at + 1; });
    const move = (row, to, button) => {
      const others = rows().filter((one) => one !== row);
      const goal = Math.max(0, Math.min(others.length, to));
      list.insertBefore(row, others[goal] ?? null);
      renumber();
      button?.focus();
      place(row).dispatchEvent(new Event("input", { bubbles: true }));
      say(`${row.querySelector("label").textContent.trim()}: ${goal + 1}`);
    };
    if (rows().every((row) => place(row).value)) rows().sort((a, b) => place(a).value - place(b).value).forEach((row) => list.append(row));
    for (const row of rows()) {
      for (const [step, sign, word] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-step", textContent: sign });
        button.setAttribute("aria-label", `${word}: ${row.querySelector("label").textContent.trim()}`);
        button.addEventListener("click", () => move(row, rows().indexOf(row) + step, button));
        row.append(button);
      }
      place(row).addEventListener("change", () => { if (place(row).value) move(row, place(row).value - 1, place(row)); });
    }
  }

  /* What scrolls inside itself must be reachable by keyboard. Asked when the browser has laid it out, also after
     unfolding: to ask at once would make it lay out a long result twice. */
  const laidOut = new ResizeObserver((all) => all.map((one) => one.target).filter((one) => one.scrollWidth > one.clientWidth)
    .forEach((one) => { one.tabIndex = 0; }));

  /* ---- A folded answer is fetched when it is unfolded; until then, and without a line, its link stands there. */
  document.addEventListener("toggle", async ({ target }) => {
    const link = target.open && target.querySelector("a[data-unfold]");
    if (!link) return;
    const reply = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => ({}));
    if (!reply.ok) return;
    const told = Object.assign(document.createElement("div"), { className: "stack" });
    told.append(...new DOMParser().parseFromString(await reply.text(), "text/html").body.children);
    link.parentElement.replaceWith(told);
    told.querySelectorAll("pre, math").forEach((one) => laidOut.observe(one));
  }, true);

  function begin() {
    seen = 0; since = 0; tally(); stood = null;
    if (!navigator.onLine) line();
    refill(answerForm());
    document.querySelectorAll("[data-order]").forEach(order);
    document.querySelectorAll("pre, math").forEach((one) => laidOut.observe(one));
  }
  begin();
})();
