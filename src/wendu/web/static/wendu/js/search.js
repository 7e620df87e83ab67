// The box that finds things, pages and commands. Arrow keys walk through what is offered; Enter takes it; Escape goes back.
const box = document.querySelector("[data-search]");
const form = box?.form;
const found = document.getElementById("found");
const options = () => [...(found?.querySelectorAll("[role=option]") ?? [])];
let back = null;

function mark(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

const spread = () => box.setAttribute("aria-expanded", String(form.contains(document.activeElement) && options().length > 0));

function leave() {
  mark();
  (back?.isConnected ? back : document.getElementById("main"))?.focus({ preventScroll: true });
  box.blur();
}

export function find() {
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return dialog.addEventListener("close", find, { once: true }), dialog.close();
  form?.classList.add("is-open");
  box?.focus();
  box?.select();
}

box?.addEventListener("keydown", (event) => {
  const all = options();
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const to = { ArrowDown: (at + 1) % all.length, ArrowUp: at > 0 ? at - 1 : all.length - 1 }[event.key];
  if (to !== undefined && all.length) event.preventDefault(), mark(all[to]);
  if (event.key === "Enter" && at >= 0 && !event.isComposing) event.preventDefault(), all[at].click();
  if (event.key === "Escape") event.preventDefault(), event.stopPropagation(), leave();
});

// What stands first is taken by Enter as soon as something is typed; before that, Enter goes to the page of the search.
found?.addEventListener("htmx:afterSwap", () => { mark(box.value.trim() ? options()[0] : undefined), spread(); });
found?.addEventListener("mousedown", (event) => event.preventDefault());
found?.addEventListener("click", (event) => { if (event.target.closest("[role=option]")) leave(); });
form?.addEventListener("focusin", (event) => { if (!form.contains(event.relatedTarget)) back = event.relatedTarget, spread(); });
form?.addEventListener("focusout", (event) => {
  if (form.contains(event.relatedTarget)) return;
  form.classList.remove("is-open");
  box.setAttribute("aria-expanded", "false");
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-unfind]")) leave();
  if (event.target.closest("[data-find]") && form) event.preventDefault(), find();
});
