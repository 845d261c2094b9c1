// Keeps what one types for 24 hours on this device, for forms with data-draft="key". Never passwords, codes, votes or files.
import { word } from "./words.js";

const DAY = 24 * 60 * 60 * 1000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);

const keyOf = (form) => `draft:${form.dataset.draft}`;
const fields = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type) && field.autocomplete !== "one-time-code");

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (draft && Date.now() - draft.at < DAY) return draft;
    localStorage.removeItem(key);
  } catch { /* private mode: there is no store, and the server keeps the draft */ }
  return null;
}

function save(form) {
  const values = {};
  for (const field of fields(form)) {
    const ticked = field.type === "radio" || field.type === "checkbox";
    if (ticked && !field.checked) continue;
    (values[field.name] ||= []).push(field.value);
  }
  try { localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values })); return true; } catch { return false; }
}

function fill(form, values) {
  let filled = false;
  const nth = {};
  for (const field of fields(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (field.type === "radio" || field.type === "checkbox") { field.checked = kept.includes(field.value); filled = true; continue; }
    const index = (nth[field.name] = (nth[field.name] ?? -1) + 1);
    if (!field.value && kept[index]) { field.value = kept[index]; filled = true; }
  }
  return filled;
}

function sweep() {
  try { for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) read(key); } catch { /* no store */ }
}

function line(form) {
  let bar = form.querySelector(".draft");
  if (bar) return bar;
  bar = document.createElement("div");
  bar.className = "draft";
  bar.hidden = true;
  const said = document.createElement("span");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "tool";
  clear.textContent = word("draft_clear");
  clear.addEventListener("click", () => { localStorage.removeItem(keyOf(form)); form.reset(); bar.hidden = true; });
  bar.append(said, clear);
  form.prepend(bar);
  return bar;
}

function show(form, text) {
  const bar = line(form);
  bar.firstChild.textContent = text;
  bar.hidden = false;
}

export function keepDrafts(scope) {
  sweep();
  // the receipt names the draft that arrived safely; first, where the same form is on the page again for the next one
  for (const done of scope.querySelectorAll("[data-draft-done]")) {
    const key = done.dataset.draftDone;
    try { localStorage.removeItem(`draft:${key}`); } catch { /* no store */ }
    // what is typed into it next would be cleared by a reload of the same address
    if (scope.querySelector(`form[data-draft="${CSS.escape(key)}"]`)) history.replaceState(null, "", location.pathname);
  }
  for (const form of scope.querySelectorAll("form[data-draft]")) {
    if (form.dataset.draftOn) continue;
    form.dataset.draftOn = "1";
    const draft = read(keyOf(form));
    if (draft && fill(form, draft.values)) show(form, word("draft_back"));
    let wait;
    form.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => { if (save(form)) show(form, word("draft_kept")); }, 400);
    });
    form.addEventListener("submit", () => clearTimeout(wait));
  }
}
