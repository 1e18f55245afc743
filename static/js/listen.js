// Reads slide after slide aloud, each piece of text in its own language.
const button = document.getElementById("listen");
const names = { listen: button.textContent, stop: button.dataset.stop };
// One after the other; two languages side by side are read in turn.
const PIECES = "#slide article > :is(h1, p:not(.notice), .paragraph), .pair > .row > div > *";
let isReading = false;

const stop = () => {
  isReading = false;
  speechSynthesis.cancel();
  button.textContent = names.listen;
};

const voiceOf = (tag) => {
  const spelled = (voice) => voice.lang.replace("_", "-").toLowerCase();
  const voices = speechSynthesis.getVoices();
  return voices.find((voice) => spelled(voice) === tag.toLowerCase())
    ?? voices.find((voice) => spelled(voice).split("-")[0] === tag.split("-")[0].toLowerCase());
};

const read = () => {
  speechSynthesis.cancel();
  // What is not translated stands there twice, and is read once.
  const isNew = ({ textContent }, index, all) => textContent !== all[index - 1]?.textContent;
  const pieces = [...document.querySelectorAll(PIECES)].filter(isNew);
  const said = pieces.map((piece) => {
    const words = new SpeechSynthesisUtterance(piece.textContent);
    words.lang = piece.closest("[lang]").lang;
    words.voice = voiceOf(words.lang) ?? null;
    return words;
  });
  const last = said.at(-1);
  last.addEventListener("end", () => {
    // A slide that was left before its end is cancelled, and may end late.
    if (!isReading || !pieces.at(-1).isConnected) return;
    if (!document.querySelector("#slide a[rel=next][href]")) return stop();
    document.dispatchEvent(new CustomEvent("slideshow:step", { detail: "next" }));
  });
  said.forEach((words) => speechSynthesis.speak(words));
};

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (isReading && ctx.target?.id === "slide") read();
});
document.addEventListener("htmx:error", () => { if (isReading) stop(); });
addEventListener("pagehide", () => speechSynthesis.cancel());

export const act = () => {
  if (isReading) return stop();
  isReading = true;
  button.textContent = names.stop;
  read();
};
