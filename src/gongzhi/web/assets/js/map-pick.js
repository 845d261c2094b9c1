// Marking one point, or drawing one area, into a field of a form. The middle of the map can be marked by keyboard.
import { Marker } from "maplibre-gl";
import { shifted, unshifted } from "./map-shift.js";

const written = (value) => value.toFixed(6);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export function pickOn(chart, box, words) {
  const kind = box.dataset.pick ? pointInto : box.dataset.draw ? areaInto : null;
  if (!kind) return;
  box.classList.add("map--pick");
  const field = document.getElementById(box.dataset.pick || box.dataset.draw);
  const mark = kind(chart, box, words, field);
  chart.on("click", (event) => mark(event.lngLat));
  box.querySelector("[data-center]").addEventListener("click", () => mark(chart.getCenter()));
}

function pointInto(chart, box, words, field) {
  const element = document.createElement("div");
  element.className = "map__here";
  const marker = new Marker({ element });
  const said = box.querySelector("[data-said]");
  const before = field.value.split(",").map(Number);
  if (before.length === 2 && before.every(Number.isFinite)) marker.setLngLat(shifted(box.dataset.shift)(before)).addTo(chart);
  return async ({ lng, lat }) => {
    marker.setLngLat([lng, lat]).addTo(chart);
    const [east, north] = unshifted(box.dataset.shift)([lng, lat]);
    field.value = `${written(east)},${written(north)}`;
    const answer = await fetch(`${box.dataset.locate || `/api/v1/places/${box.dataset.place}/map/locate`}?x=${written(east)}&y=${written(north)}`, { headers: { "Accept-Language": document.documentElement.lang } });
    if (!answer.ok) return;
    const found = await answer.json();
    said.textContent = fill(found.name ? words.here : words.marked, found);
    const select = document.getElementById("place");
    if (found.code && select && [...select.options].some((one) => one.value === found.code)) select.value = found.code;
  };
}

function areaInto(chart, box, words, field) {
  const said = box.querySelector("[data-said]");
  let corners = [];
  const show = () => {
    const ring = corners.length > 1 ? [...corners, corners[0]] : corners;
    const place = shifted(box.dataset.shift);
    const points = corners.map((at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: place(at) } }));
    const line = ring.length > 1 ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: place(ring) } }] : [];
    chart.getSource("drawn").setData({ type: "FeatureCollection", features: [...points, ...line] });
    field.value = corners.length > 2 ? JSON.stringify({ type: "Polygon", coordinates: [ring] }) : "";
    said.textContent = fill(words.corners, { n: corners.length });
  };
  box.querySelector("[data-undo]").addEventListener("click", () => { corners = corners.slice(0, -1); show(); });
  return ({ lng, lat }) => {
    corners = [...corners, unshifted(box.dataset.shift)([lng, lat]).map((value) => Number(written(value)))];
    show();
  };
}
