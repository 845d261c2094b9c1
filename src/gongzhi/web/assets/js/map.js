// Maps of our own: areas, points and heat on plain ground, without glyphs, sprites or any other server unless tiles are set.
import { Map as Chart, LngLatBounds, Marker, setWorkerUrl } from "maplibre-gl";
import { shifted } from "./map-shift.js";
import { ground, LAYERS } from "./map-style.js";
import { pickOn } from "./map-pick.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

async function load(box, name, place) {
  if (!box.dataset[name]) return EMPTY;
  const answer = await fetch(box.dataset[name], { headers: { "Accept-Language": document.documentElement.lang } });
  if (!answer.ok) throw new Error(answer.status);
  const found = await answer.json();
  for (const feature of found.features) feature.geometry.coordinates = place(feature.geometry.coordinates);
  return found;
}

function frameOf(box, place) {
  const [west, south, east, north] = box.dataset.frame.split(",").map(Number);
  return new LngLatBounds(place([west, south]), place([east, north]));
}

function label(chart, at, text, css) {
  const element = document.createElement("div");
  element.className = css;
  element.textContent = text;
  element.setAttribute("aria-hidden", "true");
  return new Marker({ element }).setLngLat(at).addTo(chart);
}

const rings = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function middle(geometry) {
  const bounds = new LngLatBounds();
  for (const [ring] of rings(geometry)) for (const corner of ring) bounds.extend(corner);
  return bounds.getCenter();
}

// Numbers on clusters are HTML: letters drawn by the map would need a font server.
function counts(chart) {
  let drawn = [];
  const draw = () => {
    for (const one of drawn) one.remove();
    drawn = [];
    if (!chart.getLayer("clusters") || chart.getLayoutProperty("clusters", "visibility") === "none") return;
    const seen = new Map();
    for (const feature of chart.queryRenderedFeatures({ layers: ["clusters"] })) seen.set(feature.properties.cluster_id, feature);
    for (const feature of seen.values()) drawn.push(label(chart, feature.geometry.coordinates, feature.properties.point_count, "map__count"));
  };
  chart.on("idle", draw);
}

function sentence(layer, said, words) {
  const who = said.answers ? fill(words.answers, { who: said.answers }) : "";
  const people = said.people ? fill(words.people, { people: said.people }) : "";
  if (layer === "units") return [said.name, people, who].filter(Boolean).join(" · ");
  if (layer === "parts") return [said.name, said.code, said.spot, said.owner && fill(words.owner, { who: said.owner })].filter(Boolean).join(" · ");
  return [said.subject, said.category, words[said.state], said.unit].filter(Boolean).join(" · ");
}

function speak(chart, box, words) {
  const said = box.querySelector("[data-said]");
  const href = (number) => (box.dataset.matters || "").includes("/map/work") ? `/work/matters/${number}` : `/board/matters/${number}`;
  chart.on("click", (event) => {
    const layers = ["clusters", "matters", "parts", "units"].filter((name) => chart.getLayer(name));
    const [found] = chart.queryRenderedFeatures(event.point, { layers });
    if (!found || box.dataset.pick || box.dataset.draw) return;
    if (found.layer.id === "clusters") {
      chart.easeTo({ center: found.geometry.coordinates, zoom: chart.getZoom() + 2 });
      return;
    }
    said.textContent = `${sentence(found.layer.id, found.properties, words)} `;
    if (found.properties.number) {
      const link = document.createElement("a");
      Object.assign(link, { className: "govuk-link", href: href(found.properties.number), textContent: words.read });
      said.append(link);
    }
  });
}

function switches(chart, box) {
  const show = (input) => {
    for (const name of LAYERS[input.dataset.layer]) if (chart.getLayer(name)) chart.setLayoutProperty(name, "visibility", input.checked ? "visible" : "none");
    for (const name of box.querySelectorAll({ units: ".map__name", route: ".map__stop" }[input.dataset.layer] || ".none")) name.hidden = !input.checked;
  };
  for (const input of box.querySelectorAll("input[data-layer]")) {
    show(input);
    input.addEventListener("change", () => show(input));
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches ? { duration: 0 } : {};
  for (const button of box.querySelectorAll("button[data-zoom]")) button.addEventListener("click", () => chart.zoomTo(chart.getZoom() + Number(button.dataset.zoom), still));
  box.querySelector("[data-home]").addEventListener("click", () => chart.fitBounds(chart.home, { padding: 24, ...still }));
}

async function fillIn(chart, box, place, words) {
  const said = box.querySelector("[data-said]");
  const names = ["units", "matters", "parts", "route"].filter((name) => box.dataset[name]);
  const found = await Promise.allSettled(names.map((name) => load(box, name, place)));
  found.forEach((one, nth) => {
    if (one.status === "rejected") { said.textContent = words.failed; return; }
    chart.getSource(names[nth]).setData(one.value);
    if (names[nth] === "matters") chart.getSource("heat").setData(one.value);
    if (one.value.more) said.textContent = words.more;
    if (names[nth] === "route") for (const stop of one.value.features.filter((each) => each.properties.rank)) label(chart, stop.geometry.coordinates, stop.properties.rank, "map__count map__stop");
    if (names[nth] === "units") for (const unit of one.value.features) label(chart, middle(unit.geometry), unit.properties.name, "map__name");
  });
}

function hasWebGl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function begin(box) {
  if (!hasWebGl()) return;
  box.hidden = false;
  const words = JSON.parse(box.dataset.words);
  const place = shifted(box.dataset.shift);
  const chart = new Chart({
    container: box.querySelector("[data-view]"), style: ground(box.dataset.tiles), bounds: frameOf(box, place),
    fitBoundsOptions: { padding: 24, maxZoom: 17 }, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 20,
    locale: { "Map.Title": words.map },
  });
  chart.home = frameOf(box, place);
  chart.touchZoomRotate.disableRotation();
  chart.on("load", async () => {
    await fillIn(chart, box, place, words);
    switches(chart, box);
    counts(chart);
    speak(chart, box, words);
    pickOn(chart, box, words);
    box.dataset.ready = "yes";
  });
}

for (const box of document.querySelectorAll("[data-map]")) {
  setWorkerUrl(box.dataset.worker);
  const folded = box.closest("details:not([open])");
  if (folded) folded.addEventListener("toggle", () => begin(box), { once: true });
  else begin(box);
}
