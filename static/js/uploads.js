// Files of a form sent one by one, each with its progress and its own answer.
"use strict";

for (const form of document.querySelectorAll("form[data-uploads]")) prepareUploads(form);

function prepareUploads(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-list]");
  const button = form.querySelector("button[type=submit]");
  const chosen = form.querySelector("[data-drop-name]");
  const invitation = chosen.textContent;
  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    button.disabled = true;
    window.addEventListener("beforeunload", warn);
    const rows = [...input.files].map((file) => [file, addRow(list, file, form.dataset.waiting)]);
    let refused = 0;
    for (const [file, row] of rows) refused += (await send(form, input, file, row)) ? 0 : 1;
    window.removeEventListener("beforeunload", warn);
    button.disabled = false;
    if (!refused) location.assign(form.dataset.uploads);
    else {
      input.value = "";
      chosen.textContent = invitation;
    }
  });
}

function warn(event) {
  event.preventDefault();
}

function addRow(list, file, note) {
  const row = document.createElement("li");
  row.className = "upload";
  row.append(file.name, " ", Object.assign(document.createElement("span"), { className: "soft", textContent: note }));
  list.append(row);
  return row;
}

function refuse(row, file, reason) {
  row.className = "upload toned tone-stop";
  row.textContent = reason.includes(file.name) ? reason : `${file.name}: ${reason}`;
  return false;
}

function send(form, input, file, row) {
  if (file.size > Number(input.dataset.bytes)) return refuse(row, file, form.dataset.tooLarge);
  const body = new FormData(form);
  body.delete(input.name);
  body.append(input.name, file);
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  row.lastChild.replaceWith(bar);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("error", () => done(refuse(row, file, form.dataset.noAnswer)));
    request.addEventListener("load", () => done(take(request, form, file, row)));
    request.send(body);
  });
}

function take(request, form, file, row) {
  const target = request.getResponseHeader("HX-Redirect");
  if (target) location.assign(target);
  const parsed = new DOMParser().parseFromString(request.responseText, "text/html");
  const answer = parsed.querySelector("[data-upload]");
  if (request.status !== 200 || !answer) return refuse(row, file, reasonOf(request, parsed, form));
  row.replaceWith(document.adoptNode(answer));
  return answer.dataset.upload === "taken";
}

// A page that refuses says why; the server in front knows only that a body is too large.
function reasonOf(request, page, form) {
  const told = page.querySelector("[data-refusal]");
  if (told) return told.textContent.split("\n").map((line) => line.trim()).filter(Boolean).join(" · ");
  return request.status === 413 ? form.dataset.tooLarge : form.dataset.noAnswer;
}
