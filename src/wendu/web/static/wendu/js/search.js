// Arrow keys walk through what was found; Enter opens it; Escape goes back to the page.
const box = document.querySelector("[data-search]");
const found = document.getElementById("found");
const options = () => [...(found?.querySelectorAll("[role=option]") ?? [])];

function mark(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

box?.addEventListener("keydown", (event) => {
  const all = options();
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") event.preventDefault(), mark(all[Math.min(all.length - 1, at + 1)]);
  if (event.key === "ArrowUp") event.preventDefault(), mark(all[at - 1]);
  if (event.key === "Enter" && at >= 0) event.preventDefault(), all[at].click();
  if (event.key === "Escape") box.blur();
});

found?.addEventListener("htmx:afterSwap", () => box.setAttribute("aria-expanded", String(options().length > 0)));
