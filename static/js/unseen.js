// Text below the window is shown before the slide is turned: by keys, taps, swipes and Next.
(() => {
  const OVERLAP = 48; // px of the text read last, which stay in sight

  const edge = () => {
    const steps = document.querySelector("#slide .steps").getBoundingClientRect();
    return Math.min(innerHeight, steps.top);
  };
  const isUnseen = () => {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    if (scrollTop + clientHeight > scrollHeight - 2) return false;
    const parts = [...document.querySelectorAll("#slide > article:first-of-type > *, #slide .end")];
    return parts.some((part) => part.getBoundingClientRect().bottom > edge() + 1);
  };
  const show = () => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = Math.max(edge() - OVERLAP, OVERLAP);
    scrollBy({ top, behavior: isStill ? "instant" : "smooth" });
  };

  // Cancelled where there was something to show, so that who asked knows.
  document.addEventListener("slideshow:on", (event) => {
    if (!isUnseen()) {
      document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "next" }));
      return;
    }
    event.preventDefault();
    show();
  });
  // A swipe would scroll too, hence shows no other slide.
  document.addEventListener("slideshow:peek", (event) => {
    if (event.detail.rel === "next" && isUnseen()) event.preventDefault();
  });
  // Enter and screen readers (no detail) mean the link itself: where one scrolls is not theirs.
  document.addEventListener("click", (event) => {
    if (!event.detail || !event.target.closest?.("#next[href]")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !isUnseen()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show();
  }, true);
})();
