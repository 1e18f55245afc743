// Turns the slides at reading speed; whatever the reader does pauses it.
const PER_MINUTE = 200; // words
const button = document.getElementById("play");
const label = button.querySelector("span");
const left = button.querySelector(".left");
const names = { play: label.textContent, pause: button.dataset.pause };
const language = document.documentElement.lang;
const seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "narrow" });
let timer;
let end;

const readingTime = () => {
  const text = document.querySelector("#slide article").textContent;
  const words = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
  const count = [...words].filter((word) => word.isWordLike).length;
  return Math.max(4, 2 + (count / PER_MINUTE) * 60) * 1000;
};
const show = (isPlaying) => {
  button.classList.toggle("playing", isPlaying);
  label.textContent = isPlaying ? names.pause : names.play;
};
const pause = () => {
  clearInterval(timer);
  timer = undefined;
  left.textContent = "";
  show(false);
};
const isLast = () => !document.querySelector("#slide a[rel=next][href]");
const tick = () => {
  const rest = end - performance.now();
  left.textContent = seconds.format(Math.max(0, Math.ceil(rest / 1000)));
  if (rest > 0) return;
  end = Infinity; // until the next slide is here
  left.textContent = "";
  document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "next" }));
};
const start = () => { end = performance.now() + readingTime(); };

const act = () => {
  if (timer) return pause();
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isLast() || (isStill && !confirm(button.dataset.ask))) return;
  start();
  show(true);
  timer = setInterval(tick, 250);
  tick();
};

// What presses the button itself is not to pause and then play again.
const isPress = ({ type, key, target }) => button.contains(target)
  && (type === "pointerdown" || key === "Enter" || key === " ");
const onAction = (event) => { if (timer && !isPress(event)) pause(); };
for (const action of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(action, onAction, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", () => { if (timer && document.hidden) pause(); });
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (timer && !ctx.response.raw.ok) pause();
});
document.addEventListener("htmx:error", () => { if (timer) pause(); });
document.addEventListener("htmx:after:swap", () => {
  if (timer && isLast()) pause();
  else if (timer) start();
});

export { act };
