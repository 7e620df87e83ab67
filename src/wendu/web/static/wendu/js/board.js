// Dragging a card to another class moves nothing: the server says why, and which question could bring it there.
let held = null;
const target = (event) => event.target.closest("[data-class]");
const over = (section) => document.querySelectorAll("[data-class].is-over").forEach((each) => {
  if (each !== section) each.classList.remove("is-over");
});

document.addEventListener("dragstart", (event) => {
  held = event.target.closest("[data-card]");
  held?.classList.add("is-held");
  if (held) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const section = held && target(event);
  over(section);
  if (!section || section === held.closest("[data-class]")) return;
  event.preventDefault();
  section.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const section = held && target(event);
  if (!section || section === held.closest("[data-class]")) return;
  event.preventDefault();
  const why = held.querySelector("[data-why]");
  const here = why.href;
  why.href = `${here}?to=${section.dataset.class}`;
  why.click();
  why.href = here;
});

document.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  held = null;
  over(null);
});
