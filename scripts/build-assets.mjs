// Builds src/gongzhi/web/static/gongzhi from the installed packages and our own sources in src/gongzhi/web/assets.
// Run by `npm run build`. Everything it writes is ignored by git: third-party files are installed, not stored.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const assets = join(root, "src/gongzhi/web/assets");
const out = join(root, "src/gongzhi/web/static/gongzhi");
const target = "chrome86";

const write = (name, text) => writeFileSync(join(out, name), text);

function styles() {
  const { css } = compile(join(assets, "scss/gongzhi.scss"), { loadPaths: [modules], style: "compressed", quietDeps: true });
  write("gongzhi.css", css);
}

async function scripts() {
  const worker = join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs");
  const entryPoints = { gongzhi: join(assets, "js/gongzhi.js"), map: join(assets, "js/map.js"), "map-worker": worker, patrol: join(assets, "js/patrol.js"), "patrol-worker": join(assets, "js/patrol-worker.js") };
  await build({ entryPoints, outdir: out, bundle: true, minify: true, format: "esm", target, nodePaths: [modules], logLevel: "warning" });
  copyFileSync(join(modules, "htmx.org/dist/htmx.min.js"), join(out, "htmx.js"));
}

function symbol(name) {
  const svg = readFileSync(join(modules, `@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const drawn = body.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "").replace(/\s+/g, " ").replaceAll("> <", "><").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}

function icons() {
  const names = JSON.parse(readFileSync(join(assets, "icons.json"), "utf8"));
  write("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`);
}

function ownFiles() {
  for (const name of readdirSync(assets)) if (name.endsWith(".svg")) copyFileSync(join(assets, name), join(out, name));
}

// names stay fixed; the digest in assets.json goes into the address as ?v=, so that browsers may keep a file for a year
function manifest() {
  const names = readdirSync(out).filter((name) => name !== "assets.json").sort();
  const digest = (name) => createHash("sha256").update(readFileSync(join(out, name))).digest("hex").slice(0, 10);
  write("assets.json", JSON.stringify(Object.fromEntries(names.map((name) => [name, digest(name)])), null, 1));
  for (const name of names) {
    const kilobytes = (gzipSync(readFileSync(join(out, name))).length / 1024).toFixed(1);
    console.log(`${name.padEnd(18)} ${kilobytes.padStart(6)} KB gzip`);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
styles();
await scripts();
icons();
ownFiles();
manifest();
