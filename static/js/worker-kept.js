// What the worker keeps, by kind of address. An origin has one set of caches for all it serves.
const root = new URL(registration.scope).pathname;
const CACHES = `slideshow ${root} `;
const MOST = { pages: 600, files: 120, pictures: 120, stories: 60, offline: 60, places: 60 };
const FOLDERS = { static: "files", pictures: "pictures" };

const pathOf = (address) => {
  const { origin, pathname } = new URL(address, location);
  return origin === location.origin && pathname.startsWith(root) ? pathname.slice(root.length) : "";
};
const folderOf = (path) => path.split(/[/+]/)[0];
const open = (kind) => caches.open(CACHES + kind);
const find = async (kind, path) => (await open(kind)).match(root + path);

const keep = async (kind, path, response) => {
  const cache = await open(kind);
  if (response.ok && !response.redirected) await cache.put(root + path, response);
  else if (response.status === 404 || response.status === 410) await cache.delete(root + path);
};

// What came first goes first.
const trim = async () => {
  for (const [kind, most] of Object.entries(MOST)) {
    const cache = await open(kind);
    for (const request of (await cache.keys()).slice(0, -most)) await cache.delete(request);
  }
};
