// Every sentence the script says is written by the server in the page, in the language of the page.
let table;

function all() {
  if (!table) table = JSON.parse(document.getElementById("words")?.dataset.words || "{}");
  return table;
}

export const words = (key) => all()[key] ?? {};
export const word = (key) => all()[key] ?? "";
