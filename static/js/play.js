// Turns the slides at reading speed; whatever the reader does pauses it, but another language.
const PER_MINUTE = 200; // words
const button = document.getElementById("play");
const label = button.querySelector("span");
const left = button.querySelector(".left");
let timer;
let end;

const readingTime = () => {
  const text = document.querySelector("#slide article").textContent;
  const language = document.documentElement.lang;
  const words = new Intl.Segmenter(language, { granularity: "word" }).segment(text);
  const count = [...words].filter((word) => word.isWordLike).length;
  return Math.max(4, 2 + (count / PER_MINUTE) * 60) * 1000;
};
const seconds = (number) => new Intl.NumberFormat(document.documentElement.lang, {
  style: "unit", unit: "second", unitDisplay: "narrow",
}).format(number);
const show = () => {
  button.classList.toggle("playing", Boolean(timer));
  label.textContent = timer ? button.dataset.pause : button.dataset.play;
};
const pause = () => {
  clearInterval(timer);
  timer = undefined;
  left.textContent = "";
  show();
};
const isLast = () => {
  const { position, total } = document.getElementById("slide").dataset;
  return position === total;
};
// Of a slide that is higher than the window, the time of the part in sight.
const start = () => {
  const { scrollHeight, clientHeight } = document.documentElement;
  end = performance.now() + readingTime() * (clientHeight / scrollHeight);
};
// A film or a sound that the reader plays is waited for.
const isPlaying = () => [...document.querySelectorAll("#slide :is(video, audio)")]
  .some((media) => !media.paused && !media.ended);
const tick = () => {
  if (isPlaying()) start();
  const rest = end - performance.now();
  left.textContent = seconds(Math.max(0, Math.ceil(rest / 1000)));
  if (rest > 0) return;
  end = Infinity; // until the next slide is here
  left.textContent = "";
  const isTurned = document.dispatchEvent(new Event("slideshow:on", { cancelable: true }));
  if (!isTurned) start();
};

const act = () => {
  if (timer) return pause();
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isStill && !confirm(button.dataset.ask)) return;
  const isOver = isLast();
  start();
  timer = setInterval(tick, 250);
  show();
  if (isOver) document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "first" }));
  tick();
};

// What presses the button itself is not to pause and then play again.
const isPress = ({ type, key, target }) => target.closest?.("#play, #languages, video, audio")
  && (type === "pointerdown" || key === "Enter" || key === " " || key === "Tab");
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
document.addEventListener("slideshow:language", show);
document.addEventListener("slideshow:listen", () => { if (timer) pause(); });

export { act };
