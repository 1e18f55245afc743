// Where reading without a network is off: takes back what an earlier worker left.
const root = new URL(registration.scope).pathname;

const forget = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(`slideshow ${root} `)) await caches.delete(name);
  }
  await registration.unregister();
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(forget()));
