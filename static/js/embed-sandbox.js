// Safari lets a frame in a sandbox run scripts but fetch nothing, whatever its policy allows: there
// the links do what htmx would, without a step in the history, which is the host page's.
(() => {
  let mayFetch = true;
  const follow = (event) => {
    if (mayFetch) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { href } = event.detail.ctx?.sourceElement ?? {};
    if (href) location.replace(href);
  };
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    if (origin === "null" && effectiveDirective === "connect-src") mayFetch = false;
  });
  // Before others hear of a request, or of its failure.
  document.addEventListener("htmx:before:request", follow, true);
  document.addEventListener("htmx:error", follow, true);
})();
