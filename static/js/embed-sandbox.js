// Safari lets a frame in a sandbox run scripts but fetch nothing, whatever its policy allows: there
// the links do what htmx would, without a step in the history, which is the host page's. What the
// host page wants of the frame is in the address, and stays there.
(() => {
  let mayFetch = true;
  const follow = (event) => {
    if (mayFetch) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { href } = event.detail.ctx?.sourceElement ?? {};
    if (!href) return;
    const address = new URL(href);
    address.search ||= location.search;
    address.hash ||= location.hash;
    location.replace(address);
  };
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const isOurs = blockedURI.startsWith(location.origin);
    if (origin === "null" && effectiveDirective === "connect-src" && isOurs) mayFetch = false;
  });
  // Before others hear of a request, or of its failure.
  document.addEventListener("htmx:before:request", follow, true);
  document.addEventListener("htmx:error", follow, true);
})();
