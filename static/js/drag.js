// Topics dragged among the weeks; buttons and a form do the same without it.
"use strict";

let dragged = null;

function topicsOf(week) {
  return find("[data-place-url]", week).filter((topic) => topic !== dragged);
}

// Where a topic would land: before the first one whose middle is below the pointer.
function landing(week, y) {
  const topics = topicsOf(week);
  const below = topics.findIndex((topic) => {
    const box = topic.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return below < 0 ? topics.length : below;
}

function showLanding(week, place) {
  clearLanding();
  const topics = topicsOf(week);
  if (place < topics.length) topics[place].classList.add("lands-before");
  else (topics.at(-1) || week).classList.add("lands-after");
}

function clearLanding() {
  for (const marked of find(".lands-before, .lands-after")) marked.classList.remove("lands-before", "lands-after");
}

async function moveTopic(url, week, place) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ week, place, csrfmiddlewaretoken: token }),
    headers: { "HX-Request": "true" },
  });
  if (!answer.ok) return location.reload(); // locked, removed or signed out: the page says it
  htmx.swap("#weeks", await answer.text(), { swapStyle: "outerHTML" });
}

function prepareTopics() {
  for (const topic of find("[data-weeks] [data-place-url]")) topic.draggable = true;
}

document.addEventListener("dragstart", (event) => {
  const topic = event.target.closest && event.target.closest("[data-weeks] [data-place-url]");
  if (!topic || event.target !== topic) return;
  dragged = topic;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", topic.querySelector(".part-title").textContent);
  topic.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const week = dragged && event.target.closest("[data-week]");
  if (!week) return;
  event.preventDefault();
  showLanding(week, landing(week, event.clientY));
});
document.addEventListener("drop", (event) => {
  const week = dragged && event.target.closest("[data-week]");
  if (!week) return;
  event.preventDefault();
  moveTopic(dragged.dataset.placeUrl, week.dataset.week, landing(week, event.clientY) + 1);
});
document.addEventListener("dragend", () => {
  if (dragged) dragged.classList.remove("is-dragged");
  dragged = null;
  clearLanding();
});
document.addEventListener("htmx:load", prepareTopics);
prepareTopics();
