// Arrow keys, Home, End, Page Up and Page Down turn the slides; Space and Page Down read on.
document.addEventListener("keydown", (event) => {
  const steps = {
    ArrowRight: "next", ArrowLeft: "prev", PageDown: "next", PageUp: "prev", Home: "first", End: "last",
    " ": "next",
  };
  const isElsewhere = "input, select, textarea, audio, video, [contenteditable], dialog, [popover]";
  if (event.defaultPrevented || event.target.closest?.(isElsewhere)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  const isSpace = key === " ";
  if (isSpace && event.target.closest?.("button, summary")) return;
  if (event.shiftKey && !isSpace) return;
  let rel = event.shiftKey ? "prev" : steps[key];
  if (key.startsWith("Arrow") && document.dir === "rtl") rel = rel === "next" ? "prev" : "next";
  if (!rel) return;
  // What leads nowhere, or not yet, scrolls.
  const { position, total } = document.getElementById("slide").dataset;
  if (key === "Home" && position === "1" || key === "End" && position === total) return;
  if ((isSpace || key === "PageUp") && rel === "prev" && scrollY >= 1) return;
  event.preventDefault();
  // A key that is held down does not lead beyond the story.
  if (event.repeat && document.querySelector(`#slide a[rel=${rel}][data-hx-boost]`)) return;
  const isOn = rel === "next";
  const name = isOn ? "slideshow:on" : "slideshow:step";
  document.dispatchEvent(new CustomEvent(name, { detail: rel, cancelable: isOn }));
});
