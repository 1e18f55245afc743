// Runs in every page that is measured: tells when a headline can be read, the same for all tools.
// A headline is readable in a frame if nine tenths of its text are in the window and its opacity,
// that of its ancestors included, is nine tenths. The time is that when the frame is on its way
// to the screen, on the clock of the navigation.
window.watched = (() => {
  const READABLE = 0.9;
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  // TimelineJS has the headlines in its line of time too, where they are no slide.
  const candidates = (text) => [...document.querySelectorAll("h1, h2, h3")]
    .filter((element) => plain(element.textContent) === plain(text) && !element.closest(".tl-timenav"));

  const share = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    let whole = 0;
    let seen = 0;
    for (const box of range.getClientRects()) {
      const width = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
      const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
      whole += box.width * box.height;
      seen += Math.max(0, width) * Math.max(0, height);
    }
    return whole ? seen / whole : 0;
  };

  const opacity = (element) => {
    let product = 1;
    for (let each = element; each; each = each.parentElement) {
      product *= Number(getComputedStyle(each).opacity);
    }
    return product;
  };

  const isReadable = (element) => element.checkVisibility({ visibilityProperty: true })
    && share(element) >= READABLE && opacity(element) >= READABLE;

  // After the frame that this animation frame makes.
  const afterFrame = (act) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => act(performance.now());
    channel.port2.postMessage(0);
  };

  const isMoving = () => document.getAnimations().some((animation) => {
    const { endTime } = animation.effect?.getComputedTiming() ?? {};
    return animation.playState === "running" && Number.isFinite(endTime);
  });

  const place = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height, opacity(element)].join();
  };

  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);

  return {
    // Gives the time of the first frame in which the headline can be read.
    headline: (text) => new Promise((resolve) => {
      let isDone = false;
      const look = () => {
        if (isDone) return;
        isDone = document.documentElement !== null && candidates(text).some(isReadable);
        if (isDone) afterFrame(resolve);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }),

    // Gives milliseconds from the key press until the headline can be read, and until nothing
    // has moved any more for a while; nothing if it cannot be read within seconds.
    change: (text) => new Promise((resolve) => {
      const STILL = 250;
      setTimeout(resolve, 4_000);
      let readable;
      let moved;
      let last;
      const before = pressed;
      const look = () => {
        if (pressed === before) return requestAnimationFrame(look);
        const element = candidates(text).find(isReadable);
        const now = element && place(element);
        afterFrame((time) => {
          if (readable === undefined && element) readable = time;
          if (now !== last || isMoving()) moved = time;
          last = now;
          if (readable !== undefined && time - moved > STILL) {
            resolve({ readable: readable - pressed, still: moved - pressed });
          } else requestAnimationFrame(look);
        });
      };
      requestAnimationFrame(look);
    }),
  };
})();
