// Arrow keys, Home, End, Page Up and Page Down turn the slides; Space reads on.
document.addEventListener("keydown", (event) => {
  const steps = {
    ArrowRight: "next", ArrowLeft: "prev", PageDown: "next", PageUp: "prev", Home: "first", End: "last",
  };
  const isElsewhere = "input, select, textarea, audio, video, [contenteditable], dialog, [popover]";
  if (event.defaultPrevented || event.target.closest?.(isElsewhere)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  let rel = steps[event.key];
  if (event.key === " " && !event.target.closest?.("button, summary")) {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    if (event.shiftKey) rel = scrollTop < 1 ? "prev" : undefined;
    else rel = scrollTop + clientHeight > scrollHeight - 2 ? "next" : undefined;
  } else if (event.shiftKey) return;
  if (!rel) return;
  if (event.key.startsWith("Arrow") && document.dir === "rtl") rel = rel === "next" ? "prev" : "next";
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("slideshow:step", { detail: rel }));
});
