// Reads slide after slide aloud, sentence by sentence, each in its own language.
const toggle = document.getElementById("listen-toggle");
const end = document.getElementById("listen-stop");
// One after the other; two languages side by side are read in turn.
const PIECES = "#slide article :is(h1, header ~ p:not(.notice), header ~ .paragraph), .pair > .row > div > *";
let sentences; // with their languages; none while nothing is read
let place; // of the sentence that is read
let isPaused;
let isHeld; // while a film or a sound is played

const show = () => {
  toggle.hidden = !sentences;
  end.hidden = toggle.hidden;
  document.getElementById("play").hidden = !toggle.hidden; // the slides turn by one hand only
  toggle.classList.toggle("playing", !isPaused);
  toggle.querySelector("span").textContent = isPaused ? toggle.dataset.resume : toggle.dataset.pause;
};
const stop = () => {
  sentences = undefined;
  speechSynthesis.cancel();
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
  const asked = sentences;
  words.addEventListener("end", () => {
    // What was left before its end is cancelled, and may end late.
    if (sentences !== asked || isPaused || isHeld || !slide.isConnected) return;
    place += 1;
    if (place < sentences.length) return speak();
    if (slide.dataset.position === slide.dataset.total) return stop();
    document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "next" }));
  });
  speechSynthesis.speak(words);
};

const read = () => {
  speechSynthesis.cancel();
  // What is not translated stands there twice, and is read once.
  const isNew = ({ textContent }, index, all) => textContent !== all[index - 1]?.textContent;
  sentences = [...document.querySelectorAll(PIECES)].filter(isNew).flatMap(inSentences);
  place = 0;
  isHeld = false;
  if (!isPaused) speak();
  show();
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
    if (isHeld) speechSynthesis.cancel();
    else if (wasHeld && !isPaused && target.isConnected) speak();
  }, true);
}
addEventListener("pagehide", () => speechSynthesis.cancel());
end.addEventListener("click", stop);
toggle.addEventListener("click", () => {
  isPaused = !isPaused;
  if (isPaused) speechSynthesis.cancel();
  else speak();
  show();
});

export const act = () => {
  document.getElementById("more-menu").hidePopover();
  document.dispatchEvent(new Event("slideshow:listen"));
  isPaused = false;
  read();
  toggle.focus();
};
