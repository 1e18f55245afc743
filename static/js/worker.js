// What the server says comes first: a copy is shown only where no answer comes, or none in time.
const PATIENCE = 4_000; // ms; networks in trains often take a request and never answer it

const withoutNetwork = async ({ mode }, kind, path) => {
  const copy = kind && await find(kind, path);
  if (copy || mode !== "navigate") return copy || Response.error();
  const pages = await open("pages");
  const sorry = (await pages.keys()).filter(({ url }) => url.endsWith("/offline.html"));
  const language = PAGE.exec(path)?.[2];
  const page = sorry.find(({ url }) => PAGE.exec(pathOf(url))[2] === language) || sorry.at(-1);
  return page ? pages.match(page) : Response.error();
};

const answer = async (event, kind, path) => {
  const network = Promise.resolve(event.preloadResponse)
    .then((response) => response || fetch(event.request));
  // A full disk is no trouble of the reader's: what is not kept is fetched again.
  const kept = network.then((response) => kind && keep(kind, path, response.clone()));
  event.waitUntil(kept.catch(() => {}));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); })
    .then(() => kind && find(kind, path))
    .then((copy) => copy || network);
  try {
    return await Promise.race([network, late]);
  } catch {
    return withoutNetwork(event.request, kind, path);
  }
};

addEventListener("fetch", (event) => {
  const { method, mode, referrer, url } = event.request;
  const path = pathOf(url);
  const kind = kindOf(path);
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
  event.waitUntil(Promise.all([registration.navigationPreload?.enable(), clients.claim()]));
});
