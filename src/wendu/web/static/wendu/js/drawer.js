// A link with data-drawer opens its page in the drawer; without this script it is simply followed.
const drawer = document.getElementById("drawer");
let opener = null;

async function open(link) {
  if (!drawer.contains(link)) opener = link;
  if (drawer.dataset.href !== link.href) {
    const came = await htmx.ajax("GET", link.href, { target: drawer, swap: "innerHTML" }).then(() => true, () => false);
    if (!came) return without(link);
    drawer.dataset.href = link.href;
  }
  if (!drawer.firstElementChild) return location.assign(link.href);
  if (!drawer.open) drawer.showModal();
  (drawer.querySelector("[autofocus], input:checked, .body :is(input, select, textarea)") ?? drawer).focus();
}

// No connection: the worker has a page on which a touch can be logged all the same.
function without(link) {
  if (link.hasAttribute("data-log") && navigator.serviceWorker?.controller) location.assign(link.href);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-drawer]");
  if (link && drawer && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault(), open(link);
  if (event.target === drawer || (event.target.closest("[data-close]") && drawer?.open)) event.preventDefault(), drawer.close();
});

drawer?.addEventListener("close", () => {
  const peek = drawer.querySelector(".peek");
  if (peek) delete drawer.dataset.href; // nothing was typed, and the next look shall be fresh
  const seen = peek && document.getElementById(peek.dataset.ofRow);
  if (seen) return seen.focus();
  const shown = opener?.checkVisibility() ? opener : opener?.closest("details")?.querySelector("summary");
  const back = opener?.isConnected ? opener.closest("[data-row]") ?? shown : null;
  (back ?? document.querySelector("[data-rows] .is-on") ?? document.getElementById("main"))?.focus();
});

// The server says so once something is saved: what was typed is no longer a draft.
document.body.addEventListener("drawer:close", () => {
  drawer.close();
  drawer.replaceChildren();
  delete drawer.dataset.href;
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) event.preventDefault(), form.requestSubmit();
  const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
  const scope = event.target.closest("dialog.drawer, .drawer-page");
  if (!scope || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const choice = /^[1-8]$/.test(event.key) && scope.querySelector(`[data-key="${event.key}"]`);
  if (choice) event.preventDefault(), choice.click(), choice.focus();
});
