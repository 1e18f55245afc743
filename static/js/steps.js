// One step at a time and none lost: what is asked for during a change is done after it.
(() => {
  const PATIENCE = 2_000; // ms; who asks for something else later has given up on the first
  const pending = [];
  let busy = true; // until htmx has seen the page, which it does after the page's own load
  let late; // the change that takes longer than that
  let isLeft; // for another one
  let waiting;

  const link = (rel) => document.querySelector(`#slide a[rel=${rel}][href]`);
  const isChange = (ctx) => ctx.target?.id === "slide";

  const ask = (rel) => {
    if (!busy) link(rel)?.click();
    else if (!late) pending.push(rel);
    else if (rel !== late.sourceElement.rel) {
      isLeft = true;
      pending.splice(0, pending.length, rel);
      late.request.abort();
    }
  };
  // What was asked for in haste does not lead beyond the story; what was asked for first, does.
  const proceed = (isFirst) => {
    busy = false;
    let following;
    while (!following && pending.length) {
      const asked = link(pending.shift());
      if (isFirst || !asked?.matches("[data-hx-boost]")) following = asked;
    }
    following?.click();
  };

  document.addEventListener("htmx:after:process", proceed, { once: true });
  document.addEventListener("slideshow:step", ({ detail: rel }) => ask(rel));

  // A click while the slide is changing would ask for the same slide again.
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest?.("#slide a[rel][href]");
    if (!busy || !clicked) return;
    event.preventDefault();
    event.stopPropagation();
    ask(clicked.rel);
  }, true);

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!isChange(ctx)) return;
    busy = true;
    if (!ctx.sourceElement.rel) return;
    waiting = setTimeout(() => {
      late = ctx;
      pending.splice(0).forEach(ask);
    }, PATIENCE);
  });
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (!isChange(ctx)) return;
    const position = (text) => Number(/data-position="(\d+)"/.exec(text)?.[1]);
    const from = Number(document.getElementById("slide").dataset.position);
    const to = position(ctx.text);
    const { dataset } = document.documentElement;
    if (to === from) delete dataset.direction; // in another language
    else dataset.direction = to > from ? "forward" : "backward";
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!isChange(ctx)) return;
    clearTimeout(waiting);
    if (ctx.status !== "swapped" && !isLeft) pending.length = 0;
    late = isLeft = undefined;
    queueMicrotask(() => proceed()); // htmx frees the link only after this event
  });
})();
