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
  const [enter, leave] = document.querySelectorAll("#fullscreen span");
  leave.hidden = !document.fullscreenElement;
  enter.hidden = !leave.hidden;
  if (navigator.share) show("share");
  offerListening();
};
// A menu over the slide that went would be in the way of the next.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx.target.id === "slide") document.getElementById("more-menu").hidePopover();
});
// Some browsers look for their voices only when they are asked.
globalThis.speechSynthesis?.addEventListener("voiceschanged", offerListening);
