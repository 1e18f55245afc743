// One step at a time and none lost: what is asked for during a change is done after it.
(() => {
  const pending = [];
  let busy = true; // until htmx has seen the page, which it does after the page's own load

  const link = (rel) => document.querySelector(`#slide a[rel=${rel}][href]`);
  const isChange = (ctx) => ctx.target?.id === "slide";
  const position = (path) => Number(/(\d+)\/(?:$|\?)/.exec(path)?.[1]);

  const proceed = () => {
    busy = false;
    let following;
    while (!following && pending.length) following = link(pending.shift());
    following?.click();
  };

  document.addEventListener("htmx:after:process", proceed, { once: true });
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
    if (!isChange(ctx)) return;
    busy = true;
    const from = Number(document.getElementById("slide").dataset.position);
    const isForward = position(ctx.request.action) >= from;
    document.documentElement.dataset.direction = isForward ? "forward" : "backward";
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!isChange(ctx)) return;
    if (ctx.status !== "swapped") pending.length = 0;
    queueMicrotask(proceed); // htmx frees the link only after this event
  });
})();
