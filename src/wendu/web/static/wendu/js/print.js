// A button that opens the print dialog, from which the page also becomes a PDF; without scripts it stays hidden.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
