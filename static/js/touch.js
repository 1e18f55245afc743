// On touch screens a swipe takes the slide along and can be taken back; a tap at a side turns it.
(() => {
  const START = 10; // px before a finger that moves is a swipe
  const ENOUGH = 64; // px that turn the slide
  let from;
  let isOpen; // a menu, which a tap beside it closes, and no more

  // Who has enlarged the page moves about in it with one finger.
  const isZoomed = () => visualViewport.scale > 1.01;
  visualViewport.addEventListener("resize", () => {
    document.documentElement.classList.toggle("zoomed", isZoomed());
  });

  const slide = () => document.getElementById("slide");
  const turn = (isToTheLeftOne) => {
    const isOn = isToTheLeftOne === (document.dir === "rtl");
    const name = isOn ? "slideshow:on" : "slideshow:step";
    document.dispatchEvent(new CustomEvent(name, { detail: "prev", cancelable: isOn }));
  };
  const rest = () => {
    from = undefined;
    slide().classList.remove("dragged");
    slide().style.removeProperty("--drag");
  };

  document.addEventListener("pointerdown", (event) => {
    isOpen = document.getElementById("more-menu")?.checkVisibility?.();
    if (event.pointerType !== "touch" || isZoomed() || !event.target.closest?.("#slide")) return;
    from = event.isPrimary ? { x: event.clientX, y: event.clientY } : undefined;
    if (!from) rest(); // a second finger zooms
  });
  document.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType !== "touch") return;
    const x = event.clientX - from.x;
    if (!from.isSwipe && Math.abs(x) < START) return;
    if (!from.isSwipe && Math.abs(event.clientY - from.y) > Math.abs(x)) return rest();
    from.isSwipe = true;
    from.isBack = Math.abs(x) < Math.abs(from.farthest || 0) - START;
    if (Math.abs(x) > Math.abs(from.farthest || 0)) from.farthest = x;
    slide().classList.add("dragged");
    slide().style.setProperty("--drag", `${x}px`);
  });
  document.addEventListener("pointerup", (event) => {
    if (!from?.isSwipe) return;
    const x = event.clientX - from.x;
    const isMeant = Math.abs(x) >= ENOUGH && !from.isBack;
    rest();
    if (isMeant) turn(x > 0);
  });
  document.addEventListener("pointercancel", rest);

  document.addEventListener("click", (event) => {
    if (isOpen || isZoomed() || event.pointerType !== "touch" || !event.target.closest("#slide")) return;
    if (event.target.closest("a, button, input, summary, .end, .steps")) return;
    if (!getSelection().isCollapsed) return;
    const place = event.clientX / innerWidth;
    if (place < 1 / 3 || place > 2 / 3) turn(place < 1 / 3);
  });
})();
