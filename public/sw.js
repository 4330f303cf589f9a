// Keeps one whole version of the page, so that it works without a network. VERSION and FILES are filled in by the build: the names of FILES change with
// what is in them, and the page names them all, so what belongs together is found together, or not at all.
const SCOPE = registration.scope;
const PREFIX = `connected-registry ${SCOPE} `;
const CACHE = PREFIX + VERSION;

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// All or nothing: where a file is missing, or the page is of another version than this script, the version before stays.
const install = async () => {
  const page = await fetch(SCOPE, { cache: "no-cache" });
  const text = await page.clone().text();
  if (!page.ok || page.redirected || !PARTS.every((name) => text.includes(name))) throw new Error("the page is of another version");
  try {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((name) => new URL(name, SCOPE)));
    await cache.put(SCOPE, page);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  await skipWaiting();
};

// A page that is still open may be of the version before, and have something to fetch yet.
const activate = async () => {
  const older = (await ours()).filter((name) => name !== CACHE).slice(0, -1);
  await Promise.all(older.map((name) => caches.delete(name)));
  await clients.claim();
};

const kept = async (request) => {
  for (const name of [CACHE, ...(await ours())]) {
    const found = await caches.match(request, { cacheName: name, ignoreSearch: true });
    if (found) return found;
  }
};

const answer = async (request, path) => {
  if (request.mode === "navigate" && (path === "" || path === "index.html")) return (await caches.match(SCOPE, { cacheName: CACHE })) ?? fetch(request);
  const found = path.startsWith("assets/") || FILES.includes(path) ? await kept(request) : undefined;
  if (found) return found;
  // The pages of the scenarios are not kept: each is this page at a link.
  const [, scenario] = (request.mode === "navigate" && /^scenarios\/([a-z-]+)\/$/.exec(path)) || [];
  if (!scenario) return fetch(request);
  const fetched = await fetch(request).catch(() => undefined);
  return fetched?.ok ? fetched : Response.redirect(`${SCOPE}#scenario=${scenario}`);
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  event.respondWith(answer(request, request.url.slice(SCOPE.length).split(/[?#]/)[0]));
});
