// j and k walk a work list, Enter opens, / searches; the page says data-shortcuts only when the person left them on.
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

export function shortcuts() {
  const list = document.querySelector("[data-shortcuts]");
  if (!list) return;
  const links = () => [...list.querySelectorAll("[data-row-link]")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const rows = links();
    const at = rows.indexOf(document.activeElement);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) { event.preventDefault(); next.focus(); }
  });
}
