// Picked customers are kept from page to page of one list, until a batch of them is confirmed or none is wanted.
const KEPT = "picked";
const SENT = "picked-sent";
const form = () => document.getElementById("picked");
const boxes = () => [...document.querySelectorAll("[data-rows] input[name=pick]")];

function held() {
  const list = form()?.elements.list.value;
  const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  return found.list === list ? found : { list, keys: [], all: false };
}

function keep(now) {
  for (const more of form().querySelectorAll("[data-more]")) more.remove();
  sessionStorage.setItem(KEPT, JSON.stringify(now));
  for (const box of boxes()) box.checked = now.all || now.keys.includes(box.value);
  form().elements.all.checked = now.all;
  form().classList.toggle("is-on", now.all || now.keys.length > 0);
  form().querySelector("[data-count]").textContent = now.all ? form().dataset.total : now.keys.length;
  const page = document.querySelector("[data-pick-page]");
  if (page) page.checked = boxes().length > 0 && boxes().every((box) => box.checked);
}

function pick(values, on) {
  const { list, keys } = held();
  const rest = keys.filter((key) => !values.includes(key));
  keep({ list, keys: on ? [...rest, ...values] : rest, all: false });
}

document.addEventListener("change", (event) => {
  if (!form()) return;
  if (event.target.matches("[data-rows] input[name=pick]")) pick([event.target.value], event.target.checked);
  if (event.target.matches("[data-pick-page]")) pick(boxes().map((box) => box.value), event.target.checked);
  if (event.target === form().elements.all) keep({ ...held(), all: event.target.checked });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-pick-none]")) keep({ list: held().list, keys: [], all: false });
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-batch]")) sessionStorage.setItem(SENT, "1");
  if (event.target !== form()) return;
  const shown = boxes().map((box) => box.value);
  for (const key of held().all ? [] : held().keys.filter((each) => !shown.includes(each))) {
    const more = Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value: key });
    more.dataset.more = "";
    form().append(more);
  }
});

// Confirmed and no longer asked about: it is under way or done, and the picks have served.
function show() {
  if (sessionStorage.getItem(SENT)) {
    sessionStorage.removeItem(SENT);
    if (!document.querySelector("[data-batch]")) sessionStorage.removeItem(KEPT);
  }
  if (form()) keep(held());
}

document.addEventListener("htmx:load", show);
window.addEventListener("pageshow", show);
show();
