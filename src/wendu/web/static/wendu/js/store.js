// What a device keeps: touches that have not reached the server ("touches"), and whose device it is ("facts").
let opening = null;

function base() {
  opening ??= new Promise((done, failed) => {
    const asked = indexedDB.open("wendu", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("touches", { keyPath: "key" });
      asked.result.createObjectStore("facts");
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opening = null; };
      done(asked.result);
    };
    asked.onerror = () => { opening = null; failed(asked.error); };
  });
  return opening;
}

// One transaction; what `act` asks for last is the answer once everything is written.
async function inside(name, mode, act) {
  const work = (await base()).transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
  return new Promise((done, failed) => {
    let answer;
    act(work.objectStore(name), (asked) => { answer = asked; });
    work.oncomplete = () => done(answer?.result);
    work.onerror = work.onabort = () => failed(work.error);
  });
}

export const recall = (name) => inside("facts", "readonly", (facts, answer) => answer(facts.get(name)));
export const note = (name, value) => inside("facts", "readwrite", (facts) => { facts.put(value, name); });
export const keep = (touch) => inside("touches", "readwrite", (touches) => { touches.put(touch); });
export const forget = (key) => inside("touches", "readwrite", (touches) => { touches.delete(key); });
export const everything = () => inside("touches", "readonly", (touches, answer) => answer(touches.getAll()));

// Change what still is there; what another tab has sent meanwhile does not come back.
export const change = (key, how) => inside("touches", "readwrite", (touches) => {
  const asked = touches.get(key);
  asked.onsuccess = () => { if (asked.result) touches.put({ ...asked.result, ...how }); };
});

// Of one person only, in the order in which it happened.
export async function waitingOf(person) {
  const mine = (await everything()).filter((touch) => person && touch.person === person);
  return mine.sort((one, other) => one.happened.localeCompare(other.happened) || one.key.localeCompare(other.key));
}

export const letter = ({ person, customer = "", whom = "", fields, key = "" }) => ({
  key: key || crypto.randomUUID(),
  person,
  customer,
  whom,
  fields,
  happened: new Date().toISOString(),
  state: "waiting",
  tried: 0,
  sure: false,
  reasons: [],
  customers: [],
  deals: [],
});
