// A story once opened reads on without a network: once the page is done, a worker keeps the rest.
(() => {
  const { worker } = document.documentElement.dataset;
  if (!worker || !navigator.serviceWorker || parent !== window) return;

  const tell = async (isBrief) => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({
      ...document.getElementById("slide").dataset,
      page: location.href,
      pictures: [...document.images].map((image) => image.currentSrc),
      isBrief,
    });
  };
  const start = async () => {
    // A private window, say, has no room for it.
    await navigator.serviceWorker.register(worker).catch(() => {});
    tell(navigator.connection?.saveData);
  };
  // Safari has no idle times, and on a busy machine a page that stands still may never get one.
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(start, { timeout: 2_000 });
  addEventListener("load", whenIdle);
  addEventListener("pagehide", () => tell(true)); // where the reader goes on another time
  document.addEventListener("slideshow:language", whenIdle);
})();
