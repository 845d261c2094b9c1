// 读给我听: the main part of the page, sentence by sentence, where the browser can speak.
import { word } from "./words.js";

const SKIP = "script,style,template,nav,form .draft,[hidden],[aria-hidden='true'],details:not([open]) > :not(summary)";

function sentences(root) {
  const copy = root.cloneNode(true);
  copy.querySelectorAll(SKIP).forEach((part) => part.remove());
  const blocks = [...copy.querySelectorAll("h1,h2,h3,p,li,dt,dd,summary,label,legend,figcaption,caption,th,td")];
  const leaves = blocks.filter((block) => !blocks.some((other) => other !== block && block.contains(other)));
  return leaves.map((block) => block.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
}

export function readAloud() {
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;
  const box = button.closest("[data-read-box]");
  if (box) box.hidden = false;
  const label = button.querySelector("[data-label]");
  const start = label.textContent;
  const stop = () => { speech.cancel(); button.setAttribute("aria-pressed", "false"); label.textContent = start; };
  const speak = () => {
    const lines = sentences(document.getElementById("main"));
    button.setAttribute("aria-pressed", "true");
    label.textContent = word("stop_reading");
    lines.forEach((line, index) => {
      const said = new SpeechSynthesisUtterance(line);
      said.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
      said.rate = 0.9;
      if (index === lines.length - 1) said.onend = stop;
      speech.speak(said);
    });
  };
  button.addEventListener("click", () => (speech.speaking || speech.pending ? stop() : speak()));
  addEventListener("pagehide", () => speech.cancel());
}
