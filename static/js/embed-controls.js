// What the host page wants to be seen of the frame's controls, and what this browser can do.
(() => {
  const html = document.documentElement;
  const wishes = new URLSearchParams(location.hash.slice(1));
  const menu = () => document.getElementById("contents-menu");
  if (wishes.has("controls")) html.dataset.controls = wishes.get("controls");

  const offer = () => {
    document.getElementById("fullscreen").hidden = !document.fullscreenEnabled;
    document.getElementById("play").hidden = !wishes.has("autoplay");
  };
  offer();
  document.addEventListener("slideshow:language", offer);

  document.addEventListener("toggle", ({ target, newState }) => {
    if (target !== menu() || newState !== "open") return;
    menu().dispatchEvent(new Event("slideshow:contents"));
  }, true);
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (ctx.target.id === "slide") menu().hidePopover();
  });

  // Who asked for less motion starts it by hand.
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const begin = () => document.getElementById("play").click();
  if (wishes.has("autoplay") && !isStill) {
    document.addEventListener("htmx:after:process", begin, { once: true });
  }
})();
