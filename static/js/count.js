// Counts each slide that is shown in place of another; the first came with its page.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  // The browser's cache has the slide, which was fetched ahead, and would answer in our place.
  const told = {
    method: "HEAD", headers: { "Slideshow-Read": "1" }, cache: "no-store", keepalive: true,
  };
  fetch(ctx.request.action, told).catch(() => {});
});
