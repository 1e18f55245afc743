// Completes the menu by what only some browsers can do.
const show = (name) => { document.getElementById(name).hidden = false; };
const language = (tag) => tag.replace("_", "-").split("-")[0].toLowerCase();

const offerListening = () => {
  const wanted = language(document.documentElement.lang);
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  if (voices.some((voice) => language(voice.lang) === wanted)) show("listen");
};

export const act = () => {
  // The whole story opens where the reader is.
  const { position } = document.getElementById("slide").dataset;
  document.querySelector("#more-menu a").hash = `slide-${position}`;
  if (document.fullscreenEnabled) show("fullscreen");
  if (navigator.share) show("share");
  offerListening();
};
// Some browsers look for their voices only when they are asked.
globalThis.speechSynthesis?.addEventListener("voiceschanged", offerListening);
