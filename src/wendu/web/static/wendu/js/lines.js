// A button adds one more line of a form set from its template; the server counts the lines.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-line]");
  if (!button) return;
  const template = document.getElementById(button.dataset.addLine);
  const total = button.closest("form").querySelector(`[name="${template.dataset.prefix}-TOTAL_FORMS"]`);
  const place = document.getElementById(template.dataset.into);
  place.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", total.value));
  total.value = Number(total.value) + 1;
  const line = place.lastElementChild;
  const kind = line.querySelector("[data-kind]");
  if (kind) kind.value = button.dataset.kind ?? kind.value;
  line.querySelector("input:not([type=hidden]), textarea")?.focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-drop-line]");
  const line = button?.closest("[data-line]");
  if (!line) return;
  const mark = line.querySelector("[name$='-DELETE']");
  if (mark) mark.checked = true;
  line.hidden = true;
});
