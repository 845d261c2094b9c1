// What the ticked projects cost together, and what is left of the money; the server checks it again.
const yuan = (fen) => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: fen % 100 ? 2 : 0 });

function show(box) {
  const ticked = [...box.querySelectorAll("input[data-cost]:checked")];
  const spent = ticked.reduce((sum, input) => sum + Number(input.dataset.cost), 0);
  const left = Number(box.dataset.money) - spent;
  const line = box.querySelector(".sharing__sum");
  const text = left < 0 ? box.dataset.over : box.dataset.left;
  line.hidden = false;
  line.classList.toggle("sharing__sum--over", left < 0);
  line.querySelector("output").textContent = text.replace("{spent}", yuan(spent)).replace("{left}", yuan(left)).replace("{over}", yuan(-left));
}

export function knapsacks(scope) {
  for (const box of scope.querySelectorAll("[data-knapsack]")) {
    box.addEventListener("change", () => show(box));
    show(box);
  }
}
