// A story once opened reads on without a network: once the page is done, a worker keeps the rest.
(() => {
  const { worker } = document.documentElement.dataset;
  if (!worker || !navigator.serviceWorker || parent !== window) return;

  const start = async () => {
    try {
      await navigator.serviceWorker.register(worker);
    } catch {
      return; // a private window, say, has no room for it
    }
    const { active } = await navigator.serviceWorker.ready;
    if (navigator.connection?.saveData) return active.postMessage({}); // what was read is trimmed
    const pictures = [...document.images].map((image) => image.currentSrc);
    const total = Number(document.getElementById("slide").dataset.total);
    active.postMessage({ page: location.href, pictures, total });
  };
  const whenIdle = window.requestIdleCallback ?? setTimeout; // Safari has none
  addEventListener("load", () => whenIdle(start));
  document.addEventListener("slideshow:language", () => whenIdle(start));
})();
