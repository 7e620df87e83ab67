// A menu is a <details>; it closes on Escape, on a click elsewhere, and when another one opens.
const others = (kept) => document.querySelectorAll("details[data-pop][open]").forEach((each) => {
  if (each !== kept) each.open = false;
});

document.addEventListener("click", (event) => {
  others(event.target.closest("[data-drawer]") ? null : event.target.closest("details[data-pop]"));
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-pop][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
