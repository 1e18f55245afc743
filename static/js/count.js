// Counts each slide that is shown in place of another; the first came with its page.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const told = { method: "HEAD", headers: { "Slideshow-Read": "1" }, keepalive: true };
  fetch(ctx.request.action, told).catch(() => {});
});
