// Without a network, the stories that are kept on this device are the way on.
const { worker } = document.documentElement.dataset;
const root = new URL(".", new URL(worker, location.href)).pathname;
const section = document.getElementById("kept");

const entryOf = async (pages, request) => {
  const text = await (await pages.match(request)).text();
  if (!text.includes('id="slide" class="cover"')) return [];
  const { documentElement: html } = new DOMParser().parseFromString(text, "text/html");
  const link = document.createElement("a");
  link.href = new URL(request.url).pathname;
  link.textContent = html.querySelector("h1").textContent;
  link.lang = html.lang;
  link.dir = html.dir;
  const item = document.createElement("li");
  item.append(link);
  return [item];
};

const pages = await caches.open(`slideshow ${root} pages`);
const found = await Promise.all((await pages.keys()).map((request) => entryOf(pages, request)));
const entries = found.flat();
section.querySelector("ul").append(...entries);
section.hidden = !entries.length;
