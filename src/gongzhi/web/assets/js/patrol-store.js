// What waits on this phone: reports with their photo, and the day's data. IndexedDB, so that it outlives the page.
const NAME = "patrol";

function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "number" });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

async function run(store, mode, work) {
  const base = await open();
  try {
    return await new Promise((done, fail) => {
      const change = base.transaction(store, mode);
      const asked = work(change.objectStore(store));
      change.oncomplete = () => done(asked.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  } finally {
    base.close();
  }
}

export const reports = () => run("reports", "readonly", (store) => store.getAll());
export const put = (report) => run("reports", "readwrite", (store) => store.put(report));
export const drop = (number) => run("reports", "readwrite", (store) => store.delete(number));
export const kept = (name) => run("kept", "readonly", (store) => store.get(name));
export const keep = (name, value) => run("kept", "readwrite", (store) => store.put(value, name));
