// Back and Forward keep the focus too: htmx keeps it at a click, not when it restores a page.
(() => {
  let id;
  document.addEventListener("htmx:before:swap", () => { id = document.activeElement?.id; });
  document.addEventListener("htmx:after:swap", () => {
    if (id && document.activeElement === document.body) {
      document.getElementById(id)?.focus({ preventScroll: true });
    }
  });
})();
