// A button that copies what stands in a field; where it cannot, it stays hidden and the field is selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  await navigator.clipboard.writeText(field.value);
  field.select();
});
