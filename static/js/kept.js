// Without a network, the stories that are kept on this device are the way on.
const { worker } = document.documentElement.dataset;
const root = new URL(".", new URL(worker, location.href)).pathname;
const section = document.getElementById("kept");

const isCover = ({ pathname }) => pathname.startsWith(root)
  && /^[^/]+\/[^/]+\/$/.test(pathname.slice(root.length));

const entryOf = async (pages, request) => {
  const text = await (await pages.match(request)).text();
  const { documentElement: html } = new DOMParser().parseFromString(text, "text/html");
  const link = document.createElement("a");
  link.href = new URL(request.url).pathname;
  link.textContent = html.querySelector("h1").textContent;
  link.lang = html.lang;
  link.dir = html.dir;
  const item = document.createElement("li");
  item.append(link);
  return item;
};

const pages = await caches.open(`slideshow ${root} pages`);
const covers = (await pages.keys()).filter(({ url }) => isCover(new URL(url)));
const entries = await Promise.all(covers.map((request) => entryOf(pages, request)));
section.querySelector("ul").append(...entries);
section.hidden = !entries.length;
