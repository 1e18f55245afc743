// What the server says comes first, always: a copy is shown only where no answer comes.
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
  try {
    const response = await event.preloadResponse || await fetch(event.request);
    // A full disk is no trouble of the reader's: what is not kept is fetched again.
    if (kind) event.waitUntil(keep(kind, path, response.clone()).catch(() => {}));
    return response;
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
