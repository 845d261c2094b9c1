// A button pressed twice sends once: it says 正在提交… and is aria-disabled until the page answers or comes back.
import { word } from "./words.js";

const saidBefore = new WeakMap();

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("button[aria-disabled]")) {
    if (!saidBefore.has(button)) continue;
    button.removeAttribute("aria-disabled");
    button.replaceChildren(...saidBefore.get(button));
    saidBefore.delete(button);
  }
}

function hold(button) {
  if (!button || button.dataset.keep !== undefined) return;
  saidBefore.set(button, [...button.childNodes]);
  button.setAttribute("aria-disabled", "true");
  button.textContent = word("sending");
}

export function holdSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sending = "1";
    // after this turn, so that the name and value of the button are still sent
    setTimeout(() => {
      if (!event.defaultPrevented || form.matches("[hx-post]")) hold(event.submitter);
      else delete form.dataset.sending;
    });
  }, true);
  for (const name of ["htmx:finally:request", "htmx:error"]) {
    document.addEventListener(name, (event) => { const form = event.target.closest?.("form"); if (form) release(form); });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release); });
}
