// A name that can be filled in goes where one was writing; before that, its button only waits.
let written = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".sheets textarea")) written = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-slot]");
  if (!button || !written?.isConnected || written.readOnly) return;
  written.focus();
  written.setRangeText(button.dataset.slot, written.selectionStart, written.selectionEnd, "end");
});
