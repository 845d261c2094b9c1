// Names the chosen files and says at once when one is too large; the server checks again.
import { word } from "./words.js";

const size = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;

export function uploads(scope) {
  for (const input of scope.querySelectorAll(".upload input[type='file']")) {
    if (input.dataset.on) continue;
    input.dataset.on = "1";
    const list = document.createElement("ul");
    list.className = "upload__chosen";
    const said = document.createElement("div");
    said.setAttribute("role", "status");
    said.append(list);
    input.after(said);
    const limit = Number(input.dataset.maxBytes || 0);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        const over = limit && file.size > limit;
        item.textContent = `${file.name} · ${size(file.size)}${over ? ` · ${word("too_large")}` : ""}`;
        if (over) item.className = "govuk-error-message";
        return item;
      }));
    });
  }
}
