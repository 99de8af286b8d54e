// Runs beside the pages: keeps what is needed to begin without a network, and shows what is pushed.
// Spec: Service Workers; Push API; Mastodon documentation, methods/push
declare const self: ServiceWorkerGlobalScope;

const FILES = "files";
const PAGES = "pages";
const ANSWERS = "answers";
const SHELL = "/home";
const SIGNED = ["/sign-in", "/sign-out"];
const REMEMBERED = ["/api/v1/timelines/home", "/api/v2/notifications", "/api/v2/instance", "/api/v1/custom_emojis"];
const MOST_FILES = 200;

interface Pushed {
  notification_id: string;
  icon: string;
  title: string;
  body: string;
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (SIGNED.includes(url.pathname)) event.waitUntil(forget());
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith("/app/") || url.pathname.startsWith("/static/")) event.respondWith(kept(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
  else if (REMEMBERED.includes(url.pathname)) event.respondWith(answer(request));
});

/** Who signs in or out leaves nothing of themselves behind. */
async function forget(): Promise<void> {
  await Promise.all([caches.delete(PAGES), caches.delete(ANSWERS)]);
}

/** A file whose name changes with its content. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(FILES);
  const found = await cache.match(request);
  if (found !== undefined) return found;
  const fresh = await fetch(request);
  if (fresh.ok) {
    await cache.put(request, fresh.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_FILES)).map((old) => cache.delete(old)));
  }
  return fresh;
}

/** A page of the app; without a network the last one, which is the same for every address. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(PAGES);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && new URL(fresh.url).pathname === SHELL) await cache.put(SHELL, fresh.clone());
    return fresh;
  } catch (error) {
    const found = await cache.match(SHELL);
    if (found === undefined) throw error;
    return found;
  }
}

/** What the server says now; without a network what it said last. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(ANSWERS);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const found = await cache.match(request);
    if (found === undefined) throw error;
    return found;
  }
}

self.addEventListener("push", (event) => {
  const said = event.data?.json() as Pushed | undefined;
  if (said === undefined) return;
  const shown = { body: said.body, icon: said.icon, badge: "/static/mark.svg", tag: said.notification_id };
  event.waitUntil(self.registration.showNotification(said.title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead("/notifications"));
});

/** Show a page in a window that is open, or in a new one. */
async function lead(path: string): Promise<void> {
  const [open] = await self.clients.matchAll({ type: "window" });
  if (open === undefined) await self.clients.openWindow(path);
  else await (await open.navigate(path))?.focus();
}

export {};
