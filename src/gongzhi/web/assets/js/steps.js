// One project on each screen where there are many. Without this the form is one long page; it is sent as a whole either way.
const done = (section) => [...section.querySelectorAll("fieldset")].every((field) => field.querySelector("input:checked"));

function show(box, sections, at, focus) {
  sections.forEach((section, n) => { section.hidden = n !== at; });
  const rest = box.closest("form")?.querySelector("[data-steps-end]");
  if (rest) rest.hidden = at !== sections.length - 1;
  if (focus) sections[at].querySelector("[tabindex]").focus();
}

function start(box) {
  const sections = [...box.querySelectorAll("[data-step]")];
  const first = sections.findIndex((section) => !done(section));
  const holding = () => sections.findIndex((section) => location.hash && section.contains(document.getElementById(decodeURIComponent(location.hash.slice(1)))));
  sections.forEach((section, n) => {
    section.querySelector("[data-step-ways]").hidden = false;
    for (const button of section.querySelectorAll("[data-step-by]")) {
      button.addEventListener("click", () => show(box, sections, n + Number(button.dataset.stepBy), true));
    }
  });
  addEventListener("hashchange", () => { const at = holding(); if (at >= 0) show(box, sections, at, false); });
  show(box, sections, Math.max(first, 0), false);
}

export function steps(scope) {
  for (const box of scope.querySelectorAll("[data-steps]")) start(box);
}
