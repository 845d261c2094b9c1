// Text size, contrast and pointer change at once, without losing what is typed; the form also works without this script.
const SIZES = ["text-large", "text-xl"];

function apply(name, value) {
  const page = document.documentElement.classList;
  if (name === "text_size") { page.remove(...SIZES); if (value !== "std") page.add(`text-${value}`); return; }
  page.toggle(`${name}-${name === "contrast" ? "high" : "large"}`, value === "on");
}

function press(form, name, value) {
  for (const button of form.querySelectorAll(`button[name="${name}"]`)) {
    if (name === "text_size") { button.setAttribute("aria-pressed", String(button.value === value)); continue; }
    button.setAttribute("aria-pressed", String(value === "on"));
    button.value = value === "on" ? "off" : "on";
  }
}

async function send(form, name, value) {
  const body = new FormData(form);
  body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
  return answer.ok || answer.type === "opaqueredirect";
}

export function comfort() {
  for (const form of document.querySelectorAll("form[data-comfort]")) {
    form.addEventListener("submit", async (event) => {
      const { name, value } = event.submitter || {};
      if (!name) return;
      event.preventDefault();
      apply(name, value);
      press(form, name, value);
      try { if (!(await send(form, name, value))) throw new Error("refused"); } catch { form.submit(); }
    });
  }
  const panel = document.querySelector("details.settings");
  if (!panel) return;
  const close = () => { panel.open = false; panel.querySelector("summary").focus(); };
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("click", (event) => { if (!panel.contains(event.target)) panel.open = false; });
}
