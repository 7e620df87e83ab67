// The choice shows at once and is sent along; without this script the form alone does it.
document.addEventListener("submit", async (event) => {
  const pressed = event.submitter?.closest("[data-themes] button");
  if (!pressed) return;
  event.preventDefault();
  if (pressed.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = pressed.value;
  for (const button of document.querySelectorAll("[data-themes] button")) {
    button.setAttribute("aria-pressed", String(button.value === pressed.value));
  }
  const body = new FormData(event.target, pressed);
  const answer = await fetch(pressed.formAction, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) document.getElementById("offline")?.removeAttribute("hidden");
});
