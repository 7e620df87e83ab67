// The page of what waits on this device: the short log form, the touches that wait, and mending what was refused.
import { change, forget, keep, letter, recall } from "./store.js";

const DAY = { dateStyle: "medium", timeStyle: "short" };
const ASKED = ["note", "outcome", "order_title", "other_day", "agreed", "touched_on", "opportunity"];
const OF_CUSTOMER = ["contacts", "commitment_contact", "closed_tails"]; // they are of the customer they were chosen for
const drawn = new Map(); // key -> what was drawn, so that nothing half-written is drawn over
let names = new Map(), again = () => {};

// Show what is the case; `go` sends at once.
export async function showLetters({ person, mine, off, trouble, go }) {
  const list = document.querySelector("[data-letters]");
  if (!list) return;
  again = go;
  await fillNames(person);
  const some = mine.length > 0, asks = !person || trouble === "signed-out";
  const facts = { person: Boolean(person), nobody: !person, none: Boolean(person) && !some, some, off, on: !off, asks, sends: some && !off && !asks };
  for (const each of document.querySelectorAll("[data-when]")) {
    each.hidden = !each.dataset.when.split(" ").every((fact) => facts[fact]);
  }
  const rows = mine.map((touch) => rowOf(touch, list));
  if (rows.some((row, place) => list.children[place] !== row) || list.children.length !== rows.length) list.replaceChildren(...rows);
}

async function fillNames(person) {
  const shelf = await recall("shelf"), own = person && shelf?.person === person ? shelf.customers : [];
  const known = new Map();
  for (const { uuid, name } of own) known.set(name, known.has(name) ? "" : uuid); // two of one name: asked later
  if (JSON.stringify([...known]) === JSON.stringify([...names])) return;
  names = known;
  document.getElementById("names")?.replaceChildren(...[...names.keys()].map((name) => new Option(name, name)));
  const wanted = new URLSearchParams(location.search).get("customer");
  const whom = document.querySelector("[data-keep-touch] [name=whom]");
  if (wanted && whom && !whom.value) whom.value = own.find((each) => each.uuid === wanted)?.name ?? "";
}

function rowOf(touch, list) {
  const now = JSON.stringify(touch), before = drawn.get(touch.key);
  if (before?.now === now) return before.row;
  const row = list.parentElement.querySelector("template[data-letter]").content.firstElementChild.cloneNode(true);
  drawn.set(touch.key, { now, row });
  fill(row, touch);
  return row;
}

function fill(row, touch) {
  const said = new Map(touch.fields), put = (part, text) => {
    const place = row.querySelector(`[data-part=${part}]`);
    place.textContent = text;
    place.hidden = !text;
  };
  put("whom", touch.whom || "—");
  put("kind", kindWords(said.get("kind")));
  put("when", new Intl.DateTimeFormat(document.documentElement.lang, DAY).format(new Date(touch.happened)));
  put("note", said.get("note") ?? "");
  const state = touch.state === "refused" ? "refused" : touch.tried ? "tried" : "waiting";
  for (const each of row.querySelectorAll("[data-state]")) each.hidden = !each.dataset.state.split(" ").includes(state);
  row.querySelector("[data-part=why]").replaceChildren(...touch.reasons.map((why) => Object.assign(document.createElement("li"), { textContent: why })));
  row.dataset.key = touch.key;
  row.querySelector("details.mend").open = state === "refused";
  fillMend(row.querySelector("form[data-mend]"), touch, said);
}

function fillMend(form, touch, said) {
  const day = said.get("other_day") || (said.get("agreed") === "other" ? "" : said.get("agreed"));
  const values = { whom: touch.whom, note: said.get("note"), outcome: said.get("outcome"), order_title: said.get("order_title"), other_day: day, touched_on: said.get("touched_on") };
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value ?? "";
  for (const [name, choices] of [["customer", touch.customers], ["opportunity", touch.deals]]) {
    const select = form.elements[name];
    select.append(...choices.map(({ value, words }) => new Option(words, value)));
    select.closest(".field").hidden = !choices.length;
  }
}

const kindWords = (kind) => document.querySelector(`[data-keep-touch] [name=kind][value="${CSS.escape(kind ?? "")}"]`)?.parentElement.textContent.trim() ?? "";

// Sent again by hand: whoever does so has read the reason.
async function mended(form, key) {
  const said = new FormData(form), customer = said.get("customer"), typed = said.get("whom").trim();
  const chosen = customer ? form.elements.customer.selectedOptions[0].textContent : typed;
  const touch = JSON.parse(drawn.get(key).now), before = new Map(touch.fields);
  const same = typed === touch.whom && !customer ? touch.customer : customer || names.get(typed) || "";
  const gone = same === touch.customer ? ASKED : [...ASKED, ...OF_CUSTOMER];
  const fields = touch.fields.filter(([name]) => !gone.includes(name));
  for (const name of ASKED) if (name !== "opportunity" && said.get(name)) fields.push([name, said.get(name)]);
  const deal = said.get("opportunity") || (same === touch.customer && before.get("opportunity"));
  if (deal) fields.push(["opportunity", deal]);
  await change(key, { fields, whom: chosen, customer: same, state: "waiting", sure: true, reasons: [], customers: [], deals: [] });
  await again();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-mend]")) {
    event.preventDefault();
    await mended(form, form.closest("[data-key]").dataset.key);
  }
  if (!form.matches("[data-keep-touch]")) return;
  event.preventDefault();
  await keepFrom(form);
});

// The form is emptied once the touch is written down; sent twice by an eager finger it has one key.
async function keepFrom(form) {
  form.dataset.key ||= crypto.randomUUID();
  const said = new FormData(form), whom = said.get("whom").trim(), key = form.dataset.key;
  said.delete("whom");
  const fields = [...said].filter(([, value]) => value !== "");
  const unkept = form.querySelector("[data-unkept]");
  try {
    await keep(letter({ person: await recall("person"), customer: names.get(whom) ?? "", whom, fields, key }));
  } catch {
    unkept.hidden = false;
    return;
  }
  unkept.hidden = true;
  delete form.dataset.key;
  document.dispatchEvent(new CustomEvent("touch:kept"));
  form.reset();
  form.elements.whom.focus();
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-send-now]")) await again();
  if (event.target.closest("[data-back]")) location.reload();
  const gone = event.target.closest("[data-discard]")?.closest("[data-key]");
  if (!gone) return;
  await forget(gone.dataset.key);
  drawn.delete(gone.dataset.key);
  await again();
});
