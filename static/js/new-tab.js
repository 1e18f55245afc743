// A click with Ctrl, Cmd or Shift is the browser's: htmx 4.0.1 takes it and does nothing with it.
document.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
  if (event.target.closest?.("a[data-htmx-powered]")) event.stopImmediatePropagation();
}, true);
