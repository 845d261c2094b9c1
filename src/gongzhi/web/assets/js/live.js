// What htmx swaps: start our parts in it, move focus, tell what went wrong; pages that are out of sight do not ask.
import { word } from "./words.js";

const say = (id, text) => { const region = document.getElementById(id); if (region) region.textContent = text; };

function focusNew(root) {
  const target = root.querySelector?.("[data-module='govuk-error-summary'], [autofocus]");
  if (!target) return;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus();
}

function busy(event, value) {
  const target = event.detail?.ctx?.target;
  if (target instanceof Element) value ? target.setAttribute("aria-busy", "true") : target.removeAttribute("aria-busy");
}

function failed(event) {
  const status = event.detail?.ctx?.response?.status ?? event.detail?.ctx?.response?.raw?.status;
  if (status === 401) { location.assign(`${word("sign_in")}?next=${encodeURIComponent(location.pathname + location.search)}`); return; }
  if (!status || status >= 500) say("live-alert", word("server_fault"));
}

export function live(start) {
  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    const polled = source?.closest?.("[data-poll]");
    if (polled && (document.hidden || polled.dataset.paused)) { event.preventDefault(); return; }
    busy(event, true);
  });
  document.addEventListener("htmx:finally:request", (event) => busy(event, false));
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const root = target instanceof Element && target.isConnected ? target : document;
    start(root);
    focusNew(root);
  });
  document.addEventListener("htmx:response:error", failed);
  document.addEventListener("htmx:error", failed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-pause]");
    const polled = button && document.getElementById(button.dataset.pause);
    if (!polled) return;
    const paused = !polled.dataset.paused;
    if (paused) polled.dataset.paused = "1"; else delete polled.dataset.paused;
    button.setAttribute("aria-pressed", String(paused));
  });
}
