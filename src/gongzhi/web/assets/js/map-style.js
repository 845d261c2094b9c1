// What lies on what. Colours are those of the style sheet; shapes differ too, since colour alone says nothing to some.
const source = (more = {}) => ({ type: "geojson", data: { type: "FeatureCollection", features: [] }, ...more });

export const LAYERS = { units: ["units", "edges"], matters: ["clusters", "matters"], heat: ["heat"], parts: ["parts"], route: ["route", "stops"] };

const layers = [
  { id: "units", type: "fill", source: "units", paint: { "fill-color": "#0e5a63", "fill-opacity": 0.08 } },
  { id: "edges", type: "line", source: "units", paint: { "line-color": "#0e5a63", "line-width": 2 } },
  {
    id: "heat", type: "heatmap", source: "heat", layout: { visibility: "none" },
    paint: { "heatmap-radius": ["interpolate", ["linear"], ["zoom"], 10, 12, 17, 60], "heatmap-opacity": 0.7 },
  },
  { id: "parts", type: "circle", source: "parts", layout: { visibility: "none" }, paint: { "circle-radius": 5, "circle-color": "#ffffff", "circle-stroke-color": "#0b5c8c", "circle-stroke-width": 3 } },
  { id: "route", type: "line", source: "route", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": "#0b5c8c", "line-width": 3, "line-dasharray": [3, 1] } },
  { id: "stops", type: "circle", source: "route", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 12, "circle-color": "#0b5c8c", "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
  {
    id: "clusters", type: "circle", source: "matters", filter: ["has", "point_count"],
    paint: { "circle-color": "#0e5a63", "circle-radius": ["step", ["get", "point_count"], 16, 10, 22, 100, 30], "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
  },
  {
    id: "matters", type: "circle", source: "matters", filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-radius": ["match", ["get", "state"], "late", 11, 9], "circle-stroke-color": "#ffffff", "circle-stroke-width": 2,
      "circle-color": ["match", ["get", "state"], "late", "#9e2a1f", "closed", "#4a5960", "#0f6a48"],
    },
  },
  { id: "drawn", type: "line", source: "drawn", paint: { "line-color": "#9e2a1f", "line-width": 3, "line-dasharray": [2, 1] } },
  { id: "corners", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 6, "circle-color": "#9e2a1f" } },
];

export function ground(tiles) {
  const sources = { units: source(), heat: source(), parts: source(), route: source(), drawn: source(), matters: source({ cluster: true, clusterRadius: 40, clusterMaxZoom: 16 }) };
  const under = [{ id: "ground", type: "background", paint: { "background-color": "#eef3f1" } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 };
    under.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  return { version: 8, sources, layers: [...under, ...layers] };
}
