// Tiles of some Chinese services are shifted (GCJ-02); points are drawn shifted with them and stored unshifted.
// The same function as core/ground/shift.py, which is tested against it.
const SEMI_MAJOR = 6378245, ECCENTRICITY = 0.006693421622965943, { PI, sin, cos, sqrt, abs } = Math;

const both = (x) => ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
const waves = (v, a, b) => ((20 * sin(v * PI) + 40 * sin((v * PI) / 3) + a * sin((v * PI) / 12) + b * sin((v * PI) / 30)) * 2) / 3;
const northOf = (x, y) => -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + both(x) + waves(y, 160, 320);
const eastOf = (x, y) => 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + both(x) + waves(x, 150, 300);

export function toGcj02([east, north]) {
  if (east < 72.004 || east > 137.8347 || north < 0.8293 || north > 55.8271) return [east, north];
  const bent = 1 - ECCENTRICITY * sin((north * PI) / 180) ** 2;
  const up = (northOf(east - 105, north - 35) * 180) / (((SEMI_MAJOR * (1 - ECCENTRICITY)) / (bent * sqrt(bent))) * PI);
  const right = (eastOf(east - 105, north - 35) * 180) / ((SEMI_MAJOR / sqrt(bent)) * cos((north * PI) / 180) * PI);
  return [east + right, north + up];
}

export function fromGcj02(point) {
  let [east, north] = point;
  for (let step = 0; step < 12; step += 1) {
    const there = toGcj02([east, north]);
    east += point[0] - there[0];
    north += point[1] - there[1];
  }
  return [east, north];
}

const deep = (turn) => (value) => (typeof value[0] === "number" ? turn(value) : value.map(deep(turn)));

export const shifted = (name) => (name === "gcj02" ? deep(toGcj02) : (value) => value);
export const unshifted = (name) => (name === "gcj02" ? fromGcj02 : (value) => value);
