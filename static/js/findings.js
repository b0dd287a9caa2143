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

const side = document.querySelector(".side-body");
if (side) {
  side.addEventListener("toggle", rememberPanel, true);
  side.addEventListener("change", rememberPanel);
  new MutationObserver(restorePanel).observe(side, { childList: true });
  restorePanel();
}
