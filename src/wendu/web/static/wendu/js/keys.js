// Keys act on the selected row and are silent while someone types. Each names what it needs on the page to work.
import { expand, select, selected, step } from "./rows.js";
import { find } from "./search.js";

const TYPING = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]";
const ROW = "[data-rows] [data-row]";
const press = (scope, what) => (scope?.querySelector(what) ?? document.querySelector(`${what}[data-page]`))?.click();
const on = (what) => ({ needs: `${ROW} ${what}, ${what}[data-page]`, act: () => press(selected(), what) });
const peek = () => {
  const link = selected()?.querySelector("[data-peek]");
  link?.click();
  return Boolean(link);
};
const undo = () => [...document.querySelectorAll("[data-undo]")].at(-1)?.click();
const create = () => {
  const menu = document.querySelector("details[data-create]");
  if (menu) menu.open = true, menu.querySelector("a")?.focus();
};
let going = 0;

const KEYS = {
  j: { needs: ROW, act: () => step(1) },
  k: { needs: ROW, act: () => step(-1) },
  " ": { needs: `${ROW} :is(.more, [data-peek])`, act: () => peek() || expand(selected()) },
  enter: on("[data-open]"),
  o: { needs: `${ROW} [data-open], [data-open][data-page]`, act: () => peek() || press(selected(), "[data-open]") },
  "[": { needs: "[data-step=previous][data-page]", act: () => press(null, "[data-step=previous]") },
  "]": { needs: "[data-step=next][data-page]", act: () => press(null, "[data-step=next]") },
  x: { needs: `${ROW} input[name=pick]`, act: () => press(selected(), "input[name=pick]") },
  l: on("[data-log]"),
  n: { needs: "details[data-create]", act: create },
  c: on("[data-call]"),
  z: on("[data-later]"),
  u: { needs: "[data-undo]", act: undo },
  "/": { needs: "[data-search]", act: find },
  "?": { needs: "#keys", act: show },
  g: { needs: "[data-go]", act: () => { going = Date.now(); } },
};
// Beside the list the keys go from one customer to the next, and to what one does with it.
const BESIDE = { k: "[data-step=previous]", "[": "[data-step=previous]", j: "[data-step=next]", "]": "[data-step=next]",
  l: "[data-log]", c: "[data-call]", o: "[data-open]" };
// Keys of forms are at work elsewhere (drawer.js); the sheet shows them where such a form stands or can be opened.
const FORMS = { expand: `${ROW} .more`, peek: `${ROW} [data-peek]`, step: "[data-step]", 1: ".drawer-page [data-key], [data-log]", save: ".main form, [data-drawer]", escape: "[data-drawer]" };

function show() {
  const sheet = document.getElementById("keys");
  for (const line of sheet?.querySelectorAll("[data-of]") ?? []) {
    line.hidden = !document.querySelector(KEYS[line.dataset.of]?.needs ?? FORMS[line.dataset.of]);
  }
  sheet?.showModal();
}

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === "k") return event.preventDefault(), find();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const panel = document.querySelector("dialog[open]");
  if (panel) return panel.querySelector(".peek") && panel.querySelector(BESIDE[key] ?? "script")?.click();
  if ((key === " " || key === "enter") && event.target.closest("a, button, summary, label, [role=option]")) return;
  const place = Date.now() - going < 1200 && document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  going = 0;
  if (place) return event.preventDefault(), place.click();
  if (KEYS[key] && document.querySelector(KEYS[key].needs)) event.preventDefault(), KEYS[key].act();
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-row]")) select(event.target, { focus: false });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) show();
});
