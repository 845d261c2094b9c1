// Serves the patrol's page and its files without a net. Reports are not its business: the page keeps and sends them.
const STORE = `patrol-${BUILD}`;
const PAGE = "/patrol/";
const DATA = "/patrol/today.json";

const files = (text) => [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);

async function keepPage(answer) {
  if (!answer.ok || answer.redirected) return;
  const store = await caches.open(STORE);
  await store.put(PAGE, answer.clone());
  const wanted = [...new Set([...files(await answer.text()), "/patrol/manifest.webmanifest"])];
  await Promise.all(wanted.map(async (one) => (await store.match(one)) || store.add(one)));
}

self.addEventListener("install", (event) => {
  event.waitUntil(fetch(PAGE).then(keepPage).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("patrol-") && name !== STORE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

async function page(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keepPage(answer.clone()));
    return answer;
  } catch (fault) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin || address.pathname === DATA) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event));
  else if (address.pathname.startsWith("/static/") || address.pathname.endsWith(".webmanifest")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
