// Dragging somebody on the map of the decision onto another opens his form with that line filled in; nothing is saved unseen.
let held = null;
const box = (event) => event.target.closest?.("[data-chain] [data-person]");
const over = (target) => document.querySelectorAll("[data-person].is-over").forEach((each) => {
  if (each !== target) each.classList.remove("is-over");
});

document.addEventListener("dragstart", (event) => {
  held = box(event) ?? null;
  held?.classList.add("is-held");
  if (held) event.dataTransfer.effectAllowed = "link";
});

document.addEventListener("dragover", (event) => {
  const target = held && box(event);
  over(target);
  if (!target || target === held) return;
  event.preventDefault();
  target.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const target = held && box(event);
  if (!target || target === held) return;
  event.preventDefault();
  const way = document.querySelector("[data-chain-way]");
  way.href = `${held.dataset.edit}?${event.shiftKey ? "sways_id" : "reports_to_id"}=${target.dataset.person}`;
  way.click();
});

document.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  held = null;
  over(null);
});
