// The selected row of a list: one at a time, shown by an ink bar, opened in place.
const list = () => document.querySelector("[data-rows]");
const rows = () => [...(list()?.querySelectorAll("[data-row]") ?? [])];
export const selected = () => list()?.querySelector("[data-row].is-on") ?? rows()[0];

export function select(row, { focus = true } = {}) {
  for (const other of rows()) {
    other.classList.toggle("is-on", other === row);
    other.toggleAttribute("aria-current", other === row);
    other.tabIndex = other === row ? 0 : -1;
  }
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

export function step(by) {
  const all = rows();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(selected()) + by))];
  const current = list()?.querySelector("[data-row].is-on");
  if (next) select(current ? next : all[0]);
}

export function expand(row, open) {
  const more = row?.querySelector(".more");
  if (!more) return;
  const part = !more.hidden && !("opened" in more.dataset) && matchMedia("(max-width: 720px)").matches;
  more.hidden = open === undefined ? !more.hidden && !part : !open;
  more.dataset.opened = "";
  row.querySelector("[data-expand]")?.setAttribute("aria-expanded", String(!more.hidden));
  if (!more.hidden) more.dispatchEvent(new CustomEvent("expand", { bubbles: false }));
}

document.addEventListener("htmx:load", (event) => {
  for (const row of event.target.querySelectorAll("[data-row]:has(.more)")) {
    row.querySelector("[data-expand]")?.setAttribute("aria-expanded", String(!row.querySelector(".more").hidden));
  }
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  select(row, { focus: false });
  const reading = event.target.closest("[data-expand]");
  if (reading && row.querySelector(".more") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    expand(row);
  }
});
