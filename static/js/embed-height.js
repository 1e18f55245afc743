// Tells how high the frame must be for its text: never taken from the frame's own height.
(() => {
  let known;

  const measure = () => {
    const text = document.querySelector("#slide .end") ?? document.querySelector("#slide article");
    const article = text.getBoundingClientRect();
    const steps = document.querySelector("#slide .steps").getBoundingClientRect();
    // In a frame that is too high the steps stand at its end, below some spare room.
    const spare = Math.max(0, steps.top - article.bottom);
    const height = Math.ceil(document.body.getBoundingClientRect().height - spare);
    if (height <= 0 || height === known) return; // 0: the frame is not shown
    known = height;
    document.dispatchEvent(new CustomEvent("slideshow:height", { detail: height }));
  };

  const observer = new ResizeObserver(measure);
  const watch = () => {
    measure(); // at once: in a frame that is out of sight nothing is observed
    observer.disconnect();
    // The body is never lower than the frame: what stands in it may be.
    const { body } = document;
    for (const each of [body, ...body.children, document.querySelector("#slide article")]) {
      observer.observe(each);
    }
  };
  document.addEventListener("htmx:after:swap", () => {
    scrollTo(0, 0);
    watch();
  }, true); // before others are told of the slide, so that they tell its height with it
  watch();
})();
