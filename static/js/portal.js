// What makes the pages handier; every main path works without it.
"use strict";

const root = document.documentElement;
root.classList.add("js");

const find = (selector, within = document) => [...within.querySelectorAll(selector)];

// Theme: a cookie, so that the server draws the page right from the first byte.
function chooseTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const age = theme ? 31536000 : 0;
  document.cookie = `theme=${theme};path=/;max-age=${age};samesite=lax`;
  localStorage.setItem("theme", theme || "auto"); // where Django's admin site looks
  showTheme();
}

function showTheme() {
  for (const button of find("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", button.dataset.themeChoice === (root.dataset.theme || ""));
  }
}

// Menus close by Escape and by a click elsewhere.
function closeMenus(except) {
  for (const menu of find("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

// The panel is a bar at the bottom of a phone, and always open on a desk.
function foldPanels(desk) {
  for (const panel of find("details[data-fold]")) panel.open = desk.matches;
}

// A link of a finding or of an error opens what hides its field, and focuses it.
function focusField(id) {
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const field = target.matches("input, select, textarea, fieldset, [tabindex]")
    ? target
    : target.querySelector("input:not([type=hidden]), select, textarea");
  if (!field) return;
  field.focus({ preventScroll: true });
  (field.closest(".field") || field).scrollIntoView({ block: "center" });
}

const fragment = () => decodeURIComponent(location.hash.slice(1));

// What was typed survives a lost session: kept in this tab while the saved values are the same.
const valuesOf = (form) => JSON.stringify(
  [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"),
);

function keepDraft(form) {
  const key = `draft:${form.dataset.draft || location.pathname}`;
  const saved = valuesOf(form);
  const draft = JSON.parse(sessionStorage.getItem(key) || "null");
  if (draft && draft.saved === saved && draft.typed !== saved) {
    restore(form, JSON.parse(draft.typed));
    for (const note of find("[data-draft-note]", form)) note.hidden = false;
  } else if (!form.querySelector("[aria-invalid=true]")) {
    sessionStorage.removeItem(key);
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify({ saved, typed: valuesOf(form) }));
  });
}

function restore(form, pairs) {
  const typed = new Map();
  for (const [name, value] of pairs) typed.set(name, [...(typed.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "submit", "password"].includes(field.type)) continue;
    const values = typed.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values.shift() || "";
  }
}

function preparePart(part) {
  for (const zone of find("[data-drop]", part)) prepareDrop(zone);
  for (const form of find("form[data-draft]", part)) keepDraft(form);
}

// A file dropped anywhere on the zone; its name is shown.
function prepareDrop(zone) {
  const input = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  const over = (is) => (event) => { event.preventDefault(); zone.classList.toggle("is-over", is); };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    if (input.files.length) name.textContent = [...input.files].map((file) => file.name).join(", ");
  });
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-choice]");
  if (choice) chooseTheme(choice.dataset.themeChoice);
  closeMenus(event.target.closest("details[data-menu]"));
  const link = event.target.closest("a[href*='#']");
  if (link && link.hash === location.hash && link.pathname === location.pathname) focusField(fragment());
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details[data-menu][open]");
  closeMenus();
  if (menu) menu.querySelector("summary").focus();
});
window.addEventListener("hashchange", () => focusField(fragment()));
document.addEventListener("htmx:load", (event) => preparePart(event.detail.elt));

const desk = window.matchMedia("(width >= 64rem)");
desk.addEventListener("change", foldPanels);
foldPanels(desk);
for (const themes of find("[data-themes]")) themes.hidden = false;
showTheme();
preparePart(document);
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
else focusField(fragment());
// The browser goes to the fragment by itself until the page is loaded: to the field's edge, past its label.
addEventListener("load", () => {
  if (!summary) focusField(fragment());
});
