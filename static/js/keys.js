// Arrow keys, Home, End, Page Up and Page Down turn the slides.
document.addEventListener("keydown", (event) => {
  const steps = {
    ArrowRight: "next", ArrowLeft: "prev", PageDown: "next", PageUp: "prev", Home: "first", End: "last",
  };
  let rel = steps[event.key];
  const isElsewhere = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
  if (!rel || isElsewhere || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key.startsWith("Arrow") && document.dir === "rtl") rel = rel === "next" ? "prev" : "next";
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("slideshow:step", { detail: rel }));
});
