// Two minutes before a session ends the page says so; one button carries on, without leaving what is being written.
import { word } from "./words.js";

const WARN = 2 * 60 * 1000;

export function session() {
  const form = document.getElementById("session");
  if (!form) return;
  let timer;
  const wait = (ends) => {
    clearTimeout(timer);
    form.hidden = true;
    timer = setTimeout(() => {
      form.hidden = false;
      document.getElementById("live-alert").textContent = word("session_ends");
    }, Math.max(0, new Date(ends) - Date.now() - WARN));
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    delete form.dataset.sending;
    if (answer.ok && !answer.redirected) wait((await answer.json()).ends);
    else location.assign(`${word("sign_in")}?next=${encodeURIComponent(location.pathname + location.search)}`);
  });
  wait(form.dataset.ends);
}
