// Dragging a deal to another stage asks the server: it moves, or the drawer says what is missing or asks for a reason.
const drawer = document.getElementById("drawer");
let held = null;
const column = (event) => event.target.closest("[data-stage]");
const over = (section) => document.querySelectorAll("[data-stage].is-over").forEach((each) => {
  if (each !== section) each.classList.remove("is-over");
});

async function ask(url, stage) {
  delete drawer.dataset.href;
  drawer.replaceChildren();
  const values = { to_stage: stage, next: location.pathname + location.search };
  await htmx.ajax("POST", url, { target: drawer, swap: "innerHTML", values });
  if (!drawer.firstElementChild) return;
  drawer.showModal();
  (drawer.querySelector("[name=reason]") ?? drawer).focus();
}

document.addEventListener("dragstart", (event) => {
  held = event.target.closest("[data-deal]");
  held?.classList.add("is-held");
  if (held) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const section = held && column(event);
  over(section);
  if (!section || section === held.closest("[data-stage]")) return;
  event.preventDefault();
  section.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const section = held && column(event);
  if (!section || section === held.closest("[data-stage]")) return;
  event.preventDefault();
  ask(held.dataset.deal, section.dataset.stage);
});

document.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  held = null;
  over(null);
});

// On a phone the strip of stages is wider than the screen: what is on is seen at once.
const strip = document.querySelector(".stages-strip");
const on = strip?.querySelector(".on");
if (on && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = on.offsetLeft - (strip.clientWidth - on.offsetWidth) / 2;
