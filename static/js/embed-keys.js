// In a frame the arrow keys turn the slides; every other key is for the host page to scroll by.
document.addEventListener("keydown", (event) => {
  const steps = { ArrowRight: "next", ArrowLeft: "prev" };
  let rel = steps[event.key];
  if (!rel || event.defaultPrevented || event.target.closest?.("audio, video")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (document.dir === "rtl") rel = rel === "next" ? "prev" : "next";
  event.preventDefault();
  const isOn = rel === "next";
  const name = isOn ? "slideshow:on" : "slideshow:step";
  document.dispatchEvent(new CustomEvent(name, { detail: rel, cancelable: isOn }));
});
