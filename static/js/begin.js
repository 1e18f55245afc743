// On a cover the arrow key that goes on begins the story, and so does a swipe; the others scroll.
(() => {
  const ENOUGH = 48; // px
  let from;
  const begin = () => document.getElementById("begin").click();

  document.addEventListener("keydown", (event) => {
    const onward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key !== onward || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    begin();
  });
  document.addEventListener("touchstart", ({ touches }) => {
    const isOne = touches.length === 1 && visualViewport.scale < 1.01;
    from = isOne ? touches[0] : undefined; // a second finger zooms, and then one moves the view
  }, { passive: true });
  document.addEventListener("touchend", ({ changedTouches: [to] }) => {
    if (!from) return;
    const x = document.dir === "rtl" ? to.clientX - from.clientX : from.clientX - to.clientX;
    if (x >= ENOUGH && x > Math.abs(to.clientY - from.clientY)) begin();
  }, { passive: true });
})();
