// Reads slide after slide aloud, sentence by sentence, each in its own language.
const toggle = document.getElementById("listen-toggle");
const end = document.getElementById("listen-stop");
const speed = document.getElementById("listen-speed");
const SPEEDS = [.75, 1, 1.25, 1.5, 2];
// One after the other; two languages side by side are read in turn.
const PIECES = "#slide article :is(h1, header ~ p:not(.notice), header ~ .paragraph), .pair > .row > div > *";
let sentences; // with their languages; none while nothing is read
let place; // of the sentence that is read
let current; // what is said of it; what was cancelled may still end, late
let isPaused;
let isHeld; // while a film or a sound is played
let rate = 1;

const show = () => {
  toggle.hidden = !sentences;
  end.hidden = speed.hidden = toggle.hidden;
  document.getElementById("play").hidden = !toggle.hidden; // the slides turn by one hand only
  toggle.classList.toggle("playing", !isPaused);
  toggle.querySelector("span").textContent = isPaused ? toggle.dataset.resume : toggle.dataset.pause;
  const number = new Intl.NumberFormat(document.documentElement.lang).format(rate);
  speed.querySelector("span").textContent = `${number}×`;
};
const hush = () => {
  current = undefined;
  speechSynthesis.cancel();
};
const stop = () => {
  sentences = undefined;
  hush();
  if ([toggle, end].includes(document.activeElement)) document.getElementById("more").focus();
  show();
};

// The reader's own: their region's first, then the one that the system prefers.
const voiceOf = (tag) => {
  const spelled = ({ lang }) => lang.replace("_", "-").toLowerCase();
  const short = tag.split("-")[0].toLowerCase();
  const voices = speechSynthesis.getVoices().filter((voice) => spelled(voice).split("-")[0] === short);
  const wishes = [tag, ...navigator.languages].map((wish) => wish.toLowerCase());
  for (const wish of wishes) {
    const voice = voices.find((each) => spelled(each) === wish);
    if (voice) return voice;
  }
  return voices.find((voice) => voice.default) ?? voices[0];
};

// Some voices stop in long texts, and a pause goes back no further than one sentence.
const inSentences = (piece) => {
  const { lang } = piece.closest("[lang]");
  const parts = new Intl.Segmenter(lang, { granularity: "sentence" }).segment(piece.textContent);
  return [...parts].map(({ segment }) => ({ lang, text: segment.trim() })).filter(({ text }) => text);
};

const speak = () => {
  const slide = document.getElementById("slide");
  const { lang, text } = sentences[place];
  const words = new SpeechSynthesisUtterance(text);
  words.lang = lang;
  words.voice = voiceOf(lang) ?? null;
  words.rate = rate;
  current = words;
  words.addEventListener("end", () => {
    if (current !== words || !slide.isConnected) return;
    place += 1;
    if (place < sentences.length) return speak();
    if (slide.dataset.position === slide.dataset.total) return stop();
    document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "next" }));
  });
  speechSynthesis.speak(words);
};

const goOn = () => {
  hush();
  if (!isPaused && !isHeld) speak();
  show();
};
const read = () => {
  // What is not translated stands there twice, and is read once.
  const isNew = ({ textContent }, index, all) => textContent !== all[index - 1]?.textContent;
  sentences = [...document.querySelectorAll(PIECES)].filter(isNew).flatMap(inSentences);
  place = 0;
  isHeld = false;
  goOn();
};

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (sentences && ctx.target?.id === "slide") read();
});
document.addEventListener("htmx:error", () => { if (sentences) stop(); });
// Two voices at once are none: reading goes on where the other one ends.
for (const type of ["play", "pause", "ended"]) {
  document.addEventListener(type, ({ target }) => {
    if (!sentences || !(target instanceof HTMLMediaElement)) return;
    const wasHeld = isHeld;
    isHeld = type === "play";
    if (isHeld) hush();
    else if (wasHeld && target.isConnected) goOn();
  }, true);
}
addEventListener("pagehide", hush);
end.addEventListener("click", stop);
toggle.addEventListener("click", () => {
  isPaused = !isPaused;
  goOn();
});
speed.addEventListener("click", () => {
  rate = SPEEDS[(SPEEDS.indexOf(rate) + 1) % SPEEDS.length];
  goOn();
});

export const act = () => {
  document.getElementById("more-menu").hidePopover();
  document.dispatchEvent(new Event("slideshow:listen"));
  isPaused = false;
  read();
  toggle.focus();
};
