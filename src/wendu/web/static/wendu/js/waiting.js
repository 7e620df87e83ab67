// On every page: whose device this is, what waits on it, and sending it as soon as that can be.
import { showLetters } from "./letters.js";
import { greet, send } from "./sending.js";
import { everything, keep, letter, note, recall, waitingOf } from "./store.js";

const FRESH = 30 * 60_000;
const html = document.documentElement;
const mark = document.getElementById("waiting");
const words = document.getElementById("waiting-words")?.dataset ?? {};
const channel = "BroadcastChannel" in self ? new BroadcastChannel("wendu") : null;
let wait = 2000, timer = 0, trouble = "";

const counted = (one, many, n) => (n === 1 ? one : many)?.replace("{n}", n);

// A page says who is signed in ("" is nobody); the offline page cannot know and leaves it as it was.
async function whose() {
  const { person } = html.dataset;
  if (person === undefined) return look(await recall("look"));
  if (person !== (await recall("person"))) {
    await note("shelf", null);
    await note("person", person);
  }
  await note("look", { lang: html.lang, theme: html.dataset.theme ?? "" });
}

function look(seen) {
  if (seen?.theme) html.dataset.theme = seen.theme;
}

async function draw() {
  const person = await recall("person");
  const all = await everything(), mine = await waitingOf(person);
  const refused = mine.filter((touch) => touch.state === "refused").length, n = mine.length;
  let said = n ? counted(words.one, words.many, n) : "";
  if (refused) said = counted(words.lookOne, words.lookMany, refused);
  if (html.dataset.person === "" || trouble === "signed-out") said = counted(words.signOne, words.signMany, person ? n : all.length);
  const off = !navigator.onLine;
  if (mark) {
    const shown = [off && words.off, (person ? n : all.length) > 0 && said].filter(Boolean).join(" · ");
    mark.hidden = !shown;
    mark.lastElementChild.textContent = shown;
    mark.firstElementChild.hidden = !off;
    mark.classList.toggle("is-risk", refused > 0);
  }
  await showLetters({ person, mine, off, trouble, go });
}

// A word of what happened; what came in from here can be taken back as after any other form.
function told(text, undos = [], token = "") {
  const blank = document.getElementById(undos.length ? "toast-back" : "toast-blank"), toasts = document.getElementById("toasts");
  if (!blank || !toasts) return;
  const toast = blank.content.firstElementChild.cloneNode(true), form = toast.querySelector("form");
  toast.querySelector("span").textContent = text;
  if (token && form) form.elements.csrfmiddlewaretoken.value = token; // the offline page knows nobody and has none
  if (undos.length === 1) {
    form.action = undos[0];
    form.setAttribute("hx-post", undos[0]);
    htmx.process(toast);
  } else form?.addEventListener("submit", (event) => takeBack(event, toast, undos), { once: true });
  toasts.append(toast);
}

// Several came in at once: one button takes them back, one after another, and says how many.
async function takeBack(event, toast, undos) {
  event.preventDefault();
  const headers = { "X-CSRFToken": event.target.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
  toast.remove();
  let back = 0;
  for (const undo of undos) {
    const got = await fetch(undo, { method: "POST", headers, redirect: "error" }).catch(() => null);
    back += got?.ok ? 1 : 0;
  }
  const said = back === undos.length ? words.back : words.backSome;
  told(said.replace("{n}", back).replace("{all}", undos.length));
  document.body.dispatchEvent(new CustomEvent("touch:logged", { detail: {}, bubbles: true }));
}

// What became of it: said once, and the page hears that something moved.
function sentWords(sent, token) {
  if (!sent?.length) return;
  const undos = sent.map(({ undo }) => undo).filter(Boolean);
  told(sent.length === 1 ? sent[0].said : counted("", words.sent, sent.length), undos, token);
  for (const { customer } of sent) {
    document.body.dispatchEvent(new CustomEvent("touch:logged", { detail: { customer }, bubbles: true }));
  }
}

async function go() {
  clearTimeout(timer);
  const { sent, why, token } = await send();
  trouble = why;
  sentWords(sent, token);
  if (sent.length) wait = 2000, channel?.postMessage({});
  await draw();
  if (["offline", "server", "busy"].includes(why)) later();
  return why;
}

function later() {
  timer = setTimeout(go, wait);
  wait = Math.min(wait * 2, 300_000);
}

async function goIfAnything() {
  wait = 2000;
  const mine = await waitingOf(await recall("person"));
  if (mine.some((touch) => touch.state === "waiting") && navigator.onLine) await go();
  else await draw();
}

// A touch was written down on the device: only now is anybody told so.
async function kept() {
  navigator.storage?.persist?.();
  told(words.kept);
  channel?.postMessage({});
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("touches").catch(() => {});
  await draw();
  if (navigator.onLine) go();
}

async function keepForm(form) {
  const person = html.dataset.person || (await recall("person")), at = new URL(form.getAttribute("action"), location.href);
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const key = form.elements.form_key?.value ?? "", whom = form.querySelector("header .sec")?.textContent.trim() ?? "";
  await keep(letter({ person, customer: at.searchParams.get("customer") ?? "", whom, fields, key }));
  await kept();
}

const isLog = (form) => form?.matches?.("form.log-form") && /^\/touches\/new\//.test(form.getAttribute("action") ?? "");

// The connection went while the form was open: it is kept instead of lost, under the key it may have arrived with.
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, async (event) => {
    if (!isLog(event.detail.elt) || event.detail.requestConfig?.verb !== "post") return;
    await keepForm(event.detail.elt);
    document.getElementById("offline").hidden = true;
    document.body.dispatchEvent(new CustomEvent("drawer:close", { bubbles: true }));
  });
}
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!isLog(form) || form.hasAttribute("hx-post") || navigator.onLine || !html.dataset.person) return;
  event.preventDefault();
  await keepForm(form);
  location.assign("/offline/");
});

addEventListener("online", goIfAnything);
addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => { if (!document.hidden) goIfAnything(); });
document.addEventListener("touch:kept", kept);
channel?.addEventListener("message", ({ data }) => { sentWords(data.sent, data.token); draw(); });

async function begin() {
  await whose();
  await goIfAnything();
  const shelf = await recall("shelf");
  if (html.dataset.person && navigator.onLine && !(Date.now() - shelf?.at < FRESH)) await greet(), await draw();
  await navigator.serviceWorker?.register("/worker.js", { scope: "/", updateViaCache: "none" });
}

begin().catch(() => {}); // no storage, no worker (plain http, a private window): everything works as without them
