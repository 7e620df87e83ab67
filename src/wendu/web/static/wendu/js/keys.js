// Keys act on the selected row and are silent while someone types.
import { expand, select, selected, step } from "./rows.js";

const TYPING = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]";
const press = (scope, what) => (scope?.querySelector(what) ?? document.querySelector(`${what}[data-page]`))?.click();
const find = () => { const box = document.querySelector("[data-search]"); box?.focus(); box?.select(); };
const undo = () => [...document.querySelectorAll("[data-undo]")].at(-1)?.click();
let going = 0;

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  " ": () => expand(selected()),
  enter: () => press(selected(), "[data-open]"),
  o: () => press(selected(), "[data-open]"),
  l: () => press(selected(), "[data-log]"),
  c: () => press(selected(), "[data-call]"),
  z: () => press(selected(), "[data-later]"),
  u: undo,
  "/": find,
  "?": () => document.getElementById("keys")?.showModal(),
  g: () => { going = Date.now(); },
};

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === "k") return event.preventDefault(), find();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  if (document.querySelector("dialog[open]")) return;
  if ((key === " " || key === "enter") && event.target.closest("a, button, summary, label, [role=option]")) return;
  const place = Date.now() - going < 1200 && document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  going = 0;
  if (place) return event.preventDefault(), place.click();
  if (KEYS[key]) event.preventDefault(), KEYS[key]();
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-row]")) select(event.target, { focus: false });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys")?.showModal();
});
