// Groups of fields that only one kind needs are folded away for the others.
"use strict";

function showGroups(form) {
  for (const group of find("[data-shown-for]", form)) {
    const [name, value] = group.dataset.shownFor.split("=");
    group.hidden = form.elements.namedItem(name).value !== value && !group.querySelector(".field-error");
  }
}

function prepareGroups() {
  for (const group of find("[data-shown-for]")) showGroups(group.closest("form"));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (form) showGroups(form);
});
document.addEventListener("htmx:load", prepareGroups);
prepareGroups();
