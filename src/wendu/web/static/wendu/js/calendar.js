// Dragging a customer to another day sends the form one could fill in; the server refuses what cannot be and says why.
let moved = null;
const dayAt = (event) => moved && event.target.closest("[data-movable] [data-day]");

document.addEventListener("dragstart", (event) => { moved = event.target.closest("[data-move]"); });
document.addEventListener("dragend", () => { moved = null; });
document.addEventListener("dragover", (event) => { if (dayAt(event)) event.preventDefault(); });

document.addEventListener("drop", (event) => {
  const day = dayAt(event);
  if (!day || day === moved.closest("[data-day]")) return;
  event.preventDefault();
  const form = moved.querySelector("form");
  if (!form) return;
  form.elements.until.value = day.dataset.day;
  form.requestSubmit();
});
