// The panel of findings: what was chosen and opened stays so when a save draws it anew.
"use strict";

const CHOSEN = "findings-shown";
const opened = new Map();

function rememberPanel(event) {
  const group = event.target.closest(".findings-group");
  if (group && event.type === "toggle") opened.set(group.querySelector("summary").firstChild.textContent.trim(), group.open);
  if (event.type === "change" && event.target.name === "findings") sessionStorage.setItem(CHOSEN, event.target.value);
}

function restorePanel() {
  const chosen = sessionStorage.getItem(CHOSEN);
  const radio = chosen && document.querySelector(`.findings-filter input[value="${chosen}"]`);
  if (radio) radio.checked = true;
  for (const group of document.querySelectorAll(".findings-group")) {
    const was = opened.get(group.querySelector("summary").firstChild.textContent.trim());
    if (was !== undefined) group.open = was;
  }
}

// On a phone the panel folds away from the field that it leads to, and by Escape.
const isPhone = () => !window.matchMedia("(width >= 64rem)").matches;

function foldOnPhone(event) {
  const bar = event.currentTarget;
  if (!isPhone() || !bar.open) return;
  if (event.type === "click" && event.target.closest("a[href*='#']")) bar.open = false;
  if (event.key === "Escape") {
    bar.open = false;
    bar.querySelector("summary").focus();
  }
}

const side = document.querySelector(".side-body");
if (side) {
  const bar = side.closest("details");
  bar.addEventListener("click", foldOnPhone);
  bar.addEventListener("keydown", foldOnPhone);
  side.addEventListener("toggle", rememberPanel, true);
  side.addEventListener("change", rememberPanel);
  new MutationObserver(restorePanel).observe(side, { childList: true });
  restorePanel();
}
