// The patrol's phone: three taps, kept on the phone, sent once when there is a net. No position is ever asked for.
import { drop, keep, kept, put, reports } from "./patrol-store.js";
import { shrink } from "./patrol-photo.js";

const at = document.body.dataset;
const words = JSON.parse(document.getElementById("words").dataset.words);
const el = (id) => document.getElementById(id);
const say = (name, filled = {}) => Object.entries(filled).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name]);
const clock = () => new Date().toTimeString().slice(0, 5);

let day = null;      // the day's data, from the net or from the phone
let draft = {};      // what is being reported
let sending = false;
let lastSent = "";

function make(tag, text, className = "", press = null) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  if (tag === "button") made.type = "button";
  if (press) made.addEventListener("click", press);
  return made;
}

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function tell(text) {
  el("said").textContent = text;
  el("said").hidden = !text;
}

function step(name) {
  for (const id of ["kinds", "photo-step", "place-step"]) el(id).hidden = id !== name;
  el(name).querySelector("h2").tabIndex = -1;
  el(name).querySelector("h2").focus({ preventScroll: true });
  scrollTo(0, 0);
}

// --- the day ---

async function loadDay() {
  try {
    const answer = await fetch(at.today, { redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "sign_in";
    if (!answer.ok) throw new Error("fault");
    day = await answer.json();
    await keep("day", { ...day, csrf: "" });
    return "";
  } catch {
    day = day || (await kept("day")) || null;
    return day ? "" : "first_time";
  }
}

function showDay() {
  if (!day) return;
  el("tiles").replaceChildren(...day.tiles.map((one) => make("button", one.title, "govuk-button patrol__tile", () => begin(one))));
  if (!day.tiles.length) tell(words.no_duty);
  el("route").replaceChildren(...(day.route.length ? day.route.map(stop) : [make("li", words.no_route)]));
  document.querySelector("#leave [name=csrfmiddlewaretoken]").value = day.csrf || "";
}

function stop(one) {
  const item = make("li", one.title);
  const tick = make("button", words.fine, "govuk-button govuk-button--secondary patrol__fine", () => tick.setAttribute("aria-pressed", String(tick.getAttribute("aria-pressed") !== "true")));
  tick.setAttribute("aria-pressed", "false");    // a help for oneself; it is stored nowhere
  item.append(" ", tick);
  return item;
}

// --- three taps ---

function begin(kind) {
  draft = { category: kind.name, title: kind.title };
  el("text").value = "";
  el("photo").value = "";
  tell("");
  step("photo-step");
}

function choosePlace() {
  const spots = [
    ...day.route.map((one) => ({ ...one, spot: one.title, stop: one.id })),
    ...day.parts.map((one) => ({ place: one.place, part: one.code, title: `${one.name} ${one.spot}`.trim(), spot: one.spot || one.name })),
    ...day.places.map((one) => ({ place: one.code, part: "", spot: "", title: say("whole", { place: one.name }) })),
  ];
  el("places").replaceChildren(...spots.map((one) => make("button", one.title, "govuk-button govuk-button--secondary patrol__place", () => store(one))));
  step("place-step");
}

async function withPhoto(file) {
  try {
    draft.photo = await shrink(file);
    tell("");
    el("shown").src = URL.createObjectURL(draft.photo);
    el("shown").hidden = false;
    choosePlace();
  } catch (fault) {
    tell(words[fault.message] || words.photo_bad);
    el("photo").value = "";
  }
}

async function store(spot) {
  const report = {
    ...draft, number: uuid(), owner: day.owner, place: spot.place, part: spot.part, spot: spot.spot, stop: spot.stop || "",
    where: spot.title, text: el("text").value.trim(), said: new Date().toISOString(), state: "waiting",
  };
  try { await put(report); } catch { return tell(words.full); }
  el("shown").hidden = true;
  step("kinds");
  tell(words.kept);
  await show();
  await sync();
}

// --- sending, once ---

function formOf(report) {
  const form = new FormData();
  for (const name of ["number", "category", "place", "part", "spot", "stop", "text", "said", "same"]) form.append(name, report[name] ?? "");
  form.append("phone_now", new Date().toISOString());
  if (report.photo) form.append("photo", report.photo, "photo.jpg");
  return form;
}

async function sendOne(report) {
  const answer = await fetch(at.reports, { method: "POST", body: formOf(report), redirect: "manual", headers: { "X-CSRFToken": day.csrf } });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("sign_in");
  if (![200, 409, 422].includes(answer.status)) throw new Error("fault");
  const told = await answer.json();
  const done = told.state === "filed" || told.state === "joined";
  await put({ ...report, state: told.state, why: told.said || "", since: told.since, matter: told.number, photo: done ? null : report.photo });
  if (done) lastSent = clock();
  if (Math.abs(told.drift || 0) > 5) tell(say("drift", { n: Math.abs(told.drift) }));
}

async function send() {
  if (sending || !navigator.onLine) return show();
  sending = true;
  try {
    const waiting = (await reports()).filter((one) => one.state === "waiting");
    if (waiting.length && !day?.csrf) { const fault = await loadDay(); if (fault || !day?.csrf) throw new Error(fault || "fault"); }
    for (const report of waiting.filter((one) => one.owner === day.owner)) await sendOne(report);
  } catch (fault) {
    if (fault.message === "sign_in") tell(words.sign_in);
    else if (navigator.onLine && words[fault.message]) tell(words[fault.message]);
    if (day) day.csrf = "";    // asked for anew the next time
  } finally {
    sending = false;
    await show();
  }
}

const navigatorLock = (work) => (navigator.locks ? navigator.locks.request("patrol", { ifAvailable: true }, (lock) => lock && work()) : work());
const sync = () => navigatorLock(send);

// --- what was reported ---

async function decide(report, change) {
  await put({ ...report, ...change, state: "waiting" });
  await show();
  await sync();
}

async function remove(report) {
  if (report.state !== "filed" && report.state !== "joined" && !confirm(words.drop_sure)) return;
  await drop(report.number);
  await show();
}

function row(report) {
  const item = make("li", "", `patrol__row patrol__row--${report.state}`);
  item.append(make("strong", report.title), ` · ${report.where} `);
  const filled = { number: report.matter, at: report.since };
  const note = { waiting: words.kept, filed: () => say("filed", filled), joined: () => say("joined", filled), known: () => say("known", filled), refused: report.why }[report.state];
  item.append(make("span", typeof note === "function" ? note() : note || "", "patrol__note"));
  if (report.state === "known") item.append(make("button", words.same, "govuk-button", () => decide(report, { same: "1" })), make("button", words.another, "govuk-button govuk-button--secondary", () => decide(report, { same: "0" })));
  if (report.state === "refused") item.append(make("button", words.retry, "govuk-button govuk-button--secondary", () => decide(report, {})));
  if (report.state !== "filed" && report.state !== "joined") item.append(make("button", words.drop, "govuk-button govuk-button--secondary", () => remove(report)));
  return item;
}

async function show() {
  const all = await reports();
  const open = all.filter((one) => !["filed", "joined"].includes(one.state));
  const mine = all.filter((one) => !day || one.owner === day.owner).sort((a, b) => (a.said < b.said ? 1 : -1));
  el("queue").replaceChildren(...mine.map(row));
  const others = open.filter((one) => day && one.owner !== day.owner).length;
  if (others) el("queue").append(make("li", say("others", { n: others })));
  const count = open.length ? say("waiting", { n: open.length }) : lastSent ? say("all_sent", { at: lastSent }) : words.nothing;
  el("net").textContent = navigator.onLine ? count : `${words.offline} · ${count}`;
  el("net").classList.toggle("patrol__net--waiting", open.length > 0);
  try { localStorage.setItem("patrol:unsent", open.length ? say("leave", { n: open.length }) : ""); } catch { /* no store */ }
  if (navigator.setAppBadge) (open.length ? navigator.setAppBadge(open.length) : navigator.clearAppBadge()).catch(() => {});
}

// --- start ---

el("photo").addEventListener("change", () => el("photo").files[0] && withPhoto(el("photo").files[0]));
el("no-photo").addEventListener("click", () => { draft.photo = null; el("shown").hidden = true; choosePlace(); });
for (const back of document.querySelectorAll("[data-back]")) back.addEventListener("click", () => step("kinds"));
el("leave").addEventListener("submit", (event) => {
  const warning = localStorage.getItem("patrol:unsent");
  if (warning && !confirm(warning)) event.preventDefault();
});
addEventListener("online", sync);
addEventListener("offline", show);
document.addEventListener("visibilitychange", () => document.hidden || sync());
setInterval(sync, 60_000);

if ("serviceWorker" in navigator) navigator.serviceWorker.register(at.worker, { scope: at.scope }).catch(() => {});
navigator.storage?.persist?.().catch(() => {});

async function start() {
  const fault = await loadDay();
  if (fault) tell(words[fault]);
  showDay();
  await show();
  await sync();
}

start();
