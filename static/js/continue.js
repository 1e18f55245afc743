// A cover offers to go on to readers who were in the story before: where they were is kept with
// the pages that they can read without a network.
(() => {
  const SOON = 500; // ms, in which the worker has heard from the slide that was left for the cover
  const { worker } = document.documentElement.dataset;
  if (!worker || !globalThis.caches || parent !== window) return;
  const root = new URL(".", new URL(worker, location.href)).pathname;

  const look = async () => {
    const { story, total } = document.getElementById("slide").dataset;
    const kept = await (await caches.open(`slideshow ${root} places`)).match(root + story);
    const { href, position } = kept ? await kept.json() : {};
    if (!(position > 1 && position < Number(total))) return;
    // In another language the contents know the slide.
    const isSame = new URL(href).pathname.startsWith(location.pathname);
    const link = isSame ? href : document.querySelectorAll(".contents a")[position - 1]?.href;
    if (!link) return;
    const button = document.getElementById("continue");
    const number = Number(position).toLocaleString(document.documentElement.lang);
    button.href = link;
    button.textContent = button.dataset.label.replace("{}", number);
    button.hidden = false;
  };
  look();
  setTimeout(look, SOON);
  document.addEventListener("slideshow:language", look);
})();
