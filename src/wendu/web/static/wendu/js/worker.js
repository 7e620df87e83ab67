// The worker of the whole site. It keeps the frame and the offline page; pages about people are never kept.
// `SHELL` stands above it: the version, the files, where static files and the offline pages are.
const CACHE = `wendu-${SHELL.version}`;
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

async function fill() {
  const cache = await caches.open(CACHE);
  // Without cookies: what is kept knows nobody.
  await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
}

async function sweep() {
  const old = (await caches.keys()).filter((name) => name.startsWith("wendu-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(sweep()));

self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(fetch(request).catch(offlinePage));
  else if (request.mode === "navigate" && request.method === "POST" && address.pathname === "/touches/new/") {
    event.respondWith(posted(request, address));
  } else if (request.method === "GET" && address.pathname.startsWith(SHELL.static)) event.respondWith(file(request, address));
});

// Always the newest page; without a connection the one page that knows nobody.
async function offlinePage() {
  const look = await recall("look").catch(() => null);
  const pages = SHELL.pages;
  const kept = await caches.match(pages[look?.lang] ?? Object.values(pages)[0]);
  return kept ?? Response.error();
}

// A name that changes with the content may come from the device; all others are asked for first.
async function file(request, address) {
  if (!NAMED_BY_CONTENT.test(address.pathname)) return fetch(request).catch(() => kept(request));
  return (await caches.match(request)) ?? fetch(request);
}

async function kept(request) {
  return (await caches.match(request)) ?? Response.error();
}

// The log form sent as a page, without a connection: what was written is kept, not lost.
async function posted(request, address) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const [person, shelf, form] = [await recall("person"), await recall("shelf"), await copy.formData().catch(() => null)];
    const customer = address.searchParams.get("customer") ?? "";
    if (!person || !form) return offlinePage();
    const whom = shelf?.customers.find((each) => each.uuid === customer)?.name ?? "";
    const fields = [...form].filter(([name]) => name !== "csrfmiddlewaretoken");
    await keep(letter({ person, customer, whom, fields, key: form.get("form_key") ?? "" }));
    return Response.redirect("/offline/", 303);
  }
}

// The browser says there is a connection again, even when no page is open.
self.addEventListener("sync", (event) => event.waitUntil(sendInTheBackground()));

async function sendInTheBackground() {
  const { sent, why, token } = await send();
  if (sent.length || why) new BroadcastChannel("wendu").postMessage({ sent, token });
  if (["offline", "server"].includes(why)) throw new Error(why); // asked again later
}
