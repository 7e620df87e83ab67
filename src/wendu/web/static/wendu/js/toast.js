// A toast leaves when its bar has run out; the bar waits while someone points at it.
const leave = (event) => {
  if (event.animationName === "run-out") event.target.closest("[data-toast]")?.remove();
};
document.addEventListener("animationend", leave);

// Nothing was saved: say so, and take it back as soon as the server answers again.
const offline = document.getElementById("offline");
const failed = document.getElementById("failed");
document.addEventListener("htmx:sendError", () => { offline.hidden = false; });
document.addEventListener("htmx:timeout", () => { offline.hidden = false; });
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) location.reload();
  else failed.hidden = false;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) offline.hidden = failed.hidden = true;
});
