// A form of the passport saves itself: 2 s after the last key, and when a field is left;
// what met no connection, once there is one again.
// The answer swaps the status, the panel and the marks beside the form, never a field.
"use strict";

const PAUSE = 2000;
const RETRY = 10000;
const KEEPALIVE_LIMIT = 60000;
const keyOf = () => `typed:${location.pathname}`;
const textOf = (form) => JSON.stringify(JSON.parse(valuesOf(form)).filter(([name]) => name !== "base"));
const baseOf = (form) => form.elements.namedItem("base");

// What was typed, without files: they are sent by the button alone.
function bodyOf(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.append("autosave", "1");
  return body;
}

function say(form, word) {
  const status = form.querySelector("#autosave-status");
  const line = document.createElement("span");
  line.dataset.state = word;
  line.textContent = status.dataset[word];
  status.replaceChildren(line);
}

// Errors beside their fields, quietly: the focus stays where it is.
function showErrors(form) {
  for (const old of find(".field-error[data-error-of]", form)) if (!old.closest("#autosave-errors")) old.remove();
  for (const field of find("[data-marked]", form)) {
    field.removeAttribute("aria-invalid");
    delete field.dataset.marked;
  }
  for (const error of find("#autosave-errors [data-error-of]", form)) {
    const field = document.getElementById(error.dataset.errorOf);
    const box = field && field.closest(".field");
    if (!box) continue;
    box.append(error);
    field.setAttribute("aria-invalid", "true");
    field.dataset.marked = "";
  }
}

// Errors of a whole save are told anew by the first autosave after it.
function dropOldErrors(form) {
  for (const box of find("[id$=_error]", form)) box.remove();
  for (const field of find("[aria-invalid]", form)) field.removeAttribute("aria-invalid");
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.under_way = null;
    this.restoreTyped();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("focusout", (event) => {
      if (!event.relatedTarget || event.relatedTarget.type !== "submit") this.send();
    });
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.send());
    // Whoever leaves within the pause leaves nothing unsent; what is being added is not sent twice.
    window.addEventListener("pagehide", () => this.isReady || this.send());
    // The text outlives a reload, but not its tab.
    window.addEventListener("beforeunload", (event) => {
      const isUnsent = this.isCutOff && textOf(this.form) !== this.sent;
      if (isUnsent && this.form.isConnected) event.preventDefault();
    });
  }

  cutOff() {
    this.isCutOff = true;
    say(this.form, "offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), RETRY);
    return "offline";
  }

  restoreTyped() {
    this.sent = textOf(this.form);
    const kept = JSON.parse(sessionStorage.getItem(keyOf()) || "null");
    if (!kept || kept.text === this.sent) return sessionStorage.removeItem(keyOf());
    restore(this.form, JSON.parse(kept.text));
    if (baseOf(this.form) && kept.base) baseOf(this.form).value = kept.base;
    for (const note of find("[data-draft-note]", this.form)) note.hidden = false;
    this.send();
  }

  typed() {
    const base = baseOf(this.form);
    sessionStorage.setItem(keyOf(), JSON.stringify({ text: textOf(this.form), base: base && base.value }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  // One at a time: a save that overtakes another would clash with it.
  async send() {
    clearTimeout(this.timer);
    while (this.under_way) await this.under_way;
    const text = textOf(this.form);
    if (this.isOver || text === this.sent || !this.form.isConnected) return this.state;
    this.under_way = this.post(text);
    try {
      this.state = await this.under_way;
    } finally {
      this.under_way = null;
    }
    return this.state;
  }

  async post(text) {
    let answer;
    const body = bodyOf(this.form).toString();
    try {
      answer = await fetch(this.form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" },
        keepalive: body.length < KEEPALIVE_LIMIT, // a link that is followed aborts the rest
      });
      if (answer.status > 500) throw new Error(answer.statusText); // it is being restarted
    } catch {
      return this.cutOff();
    }
    this.isCutOff = false;
    const page = await answer.text();
    if (!this.form.isConnected) return "gone";
    if (!page.includes("autosave-status")) {
      say(this.form, "failed");
      return "failed";
    }
    dropOldErrors(this.form);
    htmx.swap(this.form, page, { swapStyle: "none" });
    showErrors(this.form);
    for (const old of find(".error-summary, .alert.tone-ok", this.form)) old.remove();
    const { state } = this.form.querySelector("#autosave-status [data-state]").dataset;
    if (["saved", "kept", "stale", "waiting"].includes(state)) {
      this.sent = text;
      if (textOf(this.form) === text) sessionStorage.removeItem(keyOf());
    }
    return state;
  }

  // The button waits for what is on its way; a form that adds first makes sure that the
  // session lives, as its answer replaces the page.
  async beforeSubmit(event) {
    clearTimeout(this.timer);
    if (this.form.hasAttribute("hx-post") || this.isReady) return;
    event.preventDefault();
    if (await this.send() === "signed-out") return;
    this.isReady = true;
    this.form.requestSubmit(event.submitter);
  }
}

function prepareForms(part) {
  for (const form of find("form[data-autosave]", part)) {
    if (form.autosave) continue;
    form.autosave = new Autosave(form);
  }
  for (const form of find("form[data-forget]", part)) {
    form.addEventListener("submit", () => {
      sessionStorage.removeItem(keyOf());
      for (const { autosave } of find("form[data-autosave]")) if (autosave) autosave.isOver = true;
    });
  }
}

// What a button says is said as it was pressed: the answer under way may draw it anew,
// with a text of the other person that nobody has read yet.
function pressed(form, submitter) {
  const seen = find("[name^=seen-]", form);
  return [...seen, ...(submitter && submitter.name ? [submitter] : [])].map(({ name, value }) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  });
}

document.addEventListener("htmx:confirm", (event) => {
  const form = event.target;
  if (!form.autosave || !form.autosave.under_way) return;
  event.preventDefault();
  const fields = pressed(form, event.detail.triggeringEvent && event.detail.triggeringEvent.submitter);
  form.autosave.under_way.finally(() => {
    form.append(...fields);
    event.detail.issueRequest();
    for (const field of fields) field.remove();
  });
});
// A form that is taken off the page loses its focus, and its fields one by one.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig && detail.requestConfig.elt;
  if (form && form.autosave && detail.shouldSwap) form.autosave.isOver = true;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, successful } = event.detail;
  if (successful && requestConfig && requestConfig.elt.autosave) sessionStorage.removeItem(keyOf());
});
document.addEventListener("htmx:sendError", ({ target }) => target.autosave && target.autosave.cutOff());
document.addEventListener("htmx:load", (event) => prepareForms(event.detail.elt.parentElement || document));
prepareForms(document);
