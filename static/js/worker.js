// What the server says comes first: a copy is shown only where no answer comes, or none in time.
const PATIENCE = 4_000; // ms; networks in trains often take a request and never answer it
const MOST_PATIENCE = 15_000; // ms, where there is no copy
const RECOVERY = 30_000; // ms, during which a network that did not answer in time is not waited for
let lateAt = -Infinity;

const after = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// The address of the site itself leads to a shelf that is kept, in the reader's language if it can.
const keptShelf = async () => {
  const pages = await open("pages");
  const shelves = {};
  for (const request of await pages.keys()) {
    const text = await (await pages.match(request)).text();
    const [, language] = /<html lang="([\w-]+)"/.exec(text) ?? [];
    if (text.includes('class="shelf"')) shelves[language] = request.url;
  }
  const wishes = navigator.languages.flatMap((tag) => [tag, tag.split("-")[0]]);
  return shelves[wishes.find((tag) => tag in shelves)] ?? Object.values(shelves).at(-1);
};

const withoutNetwork = async ({ mode }, kind, path) => {
  const copy = kind && await find(kind, path);
  if (copy || mode !== "navigate") return copy || Response.error();
  const shelf = !path && await keptShelf();
  if (shelf) return Response.redirect(shelf);
  const cache = await open("offline");
  const sorry = await cache.keys();
  const page = sorry.find(({ url }) => folderOf(pathOf(url)) === folderOf(path)) || sorry.at(-1);
  return page ? cache.match(page) : Response.error();
};

const answer = async (event, kind, path) => {
  const patience = performance.now() - lateAt < RECOVERY ? 0 : PATIENCE;
  const network = Promise.resolve(event.preloadResponse)
    .then((response) => response || fetch(event.request));
  // A full disk is no trouble of the reader's: what is not kept is fetched again.
  let isSettled = false;
  const settle = () => { isSettled = true; };
  network.then(settle, settle);
  const isKept = kind && !event.request.url.includes("?"); // a search has no end of answers
  const kept = network.then((response) => isKept && keep(kind, path, response.clone()));
  event.waitUntil(kept.catch(() => {}));
  const late = after(patience).then(() => kind && find(kind, path)).then((copy) => {
    if (!copy) return after(MOST_PATIENCE - patience).then(() => Promise.reject());
    if (patience && !isSettled) lateAt = performance.now();
    return copy;
  });
  try {
    return await Promise.race([network, late]);
  } catch {
    return withoutNetwork(event.request, kind, path);
  }
};

addEventListener("fetch", (event) => {
  const { headers, method, mode, referrer, url } = event.request;
  const path = pathOf(url);
  const isPage = path && (mode === "navigate" || headers.get("Accept") === "text/html");
  const kind = FOLDERS[folderOf(path)] ?? (isPage ? "pages" : undefined);
  const asked = mode === "navigate" ? path : pathOf(referrer);
  if (method !== "GET" || asked.startsWith("embed/") || !(kind || mode === "navigate")) return;
  event.respondWith(answer(event, kind, path));
});

addEventListener("install", (event) => {
  skipWaiting();
  // Where a browser can be told so, a frame does not even wake the worker.
  event.addRoutes?.({ condition: { urlPattern: `${root}embed/*` }, source: "network" });
});

addEventListener("activate", (event) => {
  // At a reload without a network Firefox shows an error of its own once what it asked for
  // ahead fails, whatever the worker has to show.
  const preload = navigator.userAgent.includes("Firefox/") ? "disable" : "enable";
  event.waitUntil(Promise.all([registration.navigationPreload?.[preload](), clients.claim()]));
});
