// One step at a time and none lost: what is asked for during a change is done after it.
(() => {
  const pending = [];
  let busy = false;

  const link = (rel) => document.querySelector(`#slide a[rel=${rel}][href]`);

  document.addEventListener("slideshow:step", ({ detail: rel }) => {
    if (busy) pending.push(rel);
    else link(rel)?.click();
  });

  // A click while the slide is changing would ask for the same slide again.
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest?.("#slide a[rel][href]");
    if (!busy || !clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    pending.push(clicked.rel);
  }, true);

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    busy = true;
    const forward = /next|last/.test(ctx.sourceElement.rel);
    document.documentElement.dataset.direction = forward ? "forward" : "backward";
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    busy = false;
    if (ctx.status !== "swapped") pending.length = 0;
    // htmx frees the link only after this event.
    queueMicrotask(() => { if (pending.length) link(pending.shift())?.click(); });
  });
})();
