// On touch screens a swipe takes the slide along and can be taken back; a tap at a side turns it.
(() => {
  const START = 10; // px before a finger that moves is a swipe
  const ENOUGH = 64; // px that turn the slide
  const FLICK = 24; // px that do so if they are quick
  const SPEED = .3; // px/ms
  let from;
  let isOpen; // a menu, which a tap beside it closes, and no more

  // Who has enlarged the page moves about in it with one finger.
  const isZoomed = () => visualViewport.scale > 1.01;
  visualViewport.addEventListener("resize", () => {
    document.documentElement.classList.toggle("zoomed", isZoomed());
  });

  const tell = (name, detail) => {
    document.dispatchEvent(new CustomEvent(`slideshow:${name}`, { detail }));
  };
  const turn = (isToTheLeftOne) => {
    const isOn = isToTheLeftOne === (document.dir === "rtl");
    const name = isOn ? "slideshow:on" : "slideshow:step";
    return document.dispatchEvent(new CustomEvent(name, { detail: "prev", cancelable: isOn }));
  };
  const rest = () => {
    if (from?.isSwipe) tell("drop", false);
    from = undefined;
  };

  document.addEventListener("pointerdown", (event) => {
    isOpen = document.getElementById("more-menu")?.checkVisibility?.();
    if (event.pointerType !== "touch" || isZoomed() || !event.target.closest?.("#slide")) return;
    if (event.target.closest("video, audio")) return; // whose own bar is dragged
    rest();
    const { clientX, clientY, timeStamp } = event;
    if (event.isPrimary) from = { x: clientX, y: clientY, time: timeStamp }; // a second one zooms
  });
  document.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType !== "touch") return;
    const x = event.clientX - from.x;
    if (!from.isSwipe && Math.abs(x) < START) return;
    if (!from.isSwipe && Math.abs(event.clientY - from.y) > Math.abs(x)) return rest();
    from.isSwipe = true;
    from.isBack = Math.abs(x) < Math.abs(from.farthest || 0) - START;
    if (Math.abs(x) > Math.abs(from.farthest || 0)) from.farthest = x;
    tell("drag", x);
  });
  document.addEventListener("pointerup", (event) => {
    if (!from?.isSwipe) return;
    const x = event.clientX - from.x;
    const way = Math.abs(x);
    const isFlick = way >= FLICK && way > SPEED * (event.timeStamp - from.time);
    const isMeant = (way >= ENOUGH || isFlick) && !from.isBack;
    from = undefined;
    tell("drop", isMeant && turn(x > 0));
  });
  document.addEventListener("pointercancel", rest);

  document.addEventListener("click", (event) => {
    if (isOpen || isZoomed() || event.pointerType !== "touch" || !event.target.closest("#slide")) return;
    if (event.target.closest("a, button, input, summary, video, audio, .end, .steps, [data-load]")) return;
    if (!getSelection().isCollapsed) return;
    const place = event.clientX / innerWidth;
    if (place < 1 / 3 || place > 2 / 3) turn(place < 1 / 3);
  });
})();
