// Sends what waits, one after another. What counts is the server's receipt: the same key twice is one touch.
import { change, forget, note, recall, waitingOf } from "./store.js";

const PATIENCE = 20_000;

// One sender at a time on this device, tabs and worker together, where the browser can tell.
export function send() {
  if (!navigator.locks) return round();
  return navigator.locks.request("wendu-send", { ifAvailable: true }, (lock) => (lock ? round() : { sent: [], why: "busy" }));
}

async function round() {
  const person = await recall("person");
  const result = { sent: [], why: person ? "" : "signed-out" };
  const mine = person ? (await waitingOf(person)).filter((touch) => touch.state === "waiting") : [];
  if (!mine.length) return result;
  const here = await greet();
  if (here.person !== person) return { ...result, why: here.why ?? "other" };
  result.token = here.token;
  for (const touch of mine) {
    const answer = await post(touch, here.token);
    if (answer.answer === "saved" || answer.answer === "duplicate") {
      await forget(touch.key);
      result.sent.push({ whom: touch.whom, said: answer.said, customer: touch.customer, undo: answer.undo });
    } else if (answer.answer === "refused") {
      const { reasons, customers, deals } = answer;
      await change(touch.key, { state: "refused", reasons, customers, deals });
    } else return { ...result, why: answer.why };
  }
  return result;
}

// Who is signed in, and with what token; fresh names for the form on the way.
export async function greet() {
  const here = await ask("/offline/shelf/", {});
  if (here.person && here.person === await recall("person")) {
    await note("shelf", { person: here.person, at: Date.now(), customers: here.customers });
  }
  return here;
}

async function post(touch, token) {
  await change(touch.key, { tried: touch.tried + 1 });
  const body = new URLSearchParams(touch.fields);
  const envelope = { key: touch.key, person: touch.person, happened_at: touch.happened, customer: touch.customer, whom: touch.whom };
  for (const [name, value] of Object.entries(envelope)) body.set(name, value);
  if (touch.sure) body.set("sure", "1");
  return ask("/offline/touches/", { method: "POST", body, headers: { "X-CSRFToken": token } });
}

// An answer of the server, or why there is none: no connection, nobody signed in any more, somebody else, a fault.
async function ask(address, { headers, ...how }) {
  try {
    const asked = { ...headers, "HX-Request": "true" }; // so that an ended session is a 401 and no page
    const got = await fetch(address, {
      ...how, headers: asked, credentials: "same-origin", cache: "no-store", redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (got.status === 401 || got.status === 403) return { why: "signed-out" };
    if (got.status === 409) return { why: "other" };
    if (!got.ok && got.status !== 422) return { why: "server" };
    return await got.json();
  } catch {
    return { why: "offline" };
  }
}
