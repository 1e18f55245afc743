// WordPress' protocol: it sandboxes the frame and listens only to who knows the secret in the hash.
(() => {
  const secret = /secret=([a-zA-Z0-9]+)/.exec(location.hash)?.[1];
  if (!secret || parent === window) return;
  let height;
  const tell = (message, value) => parent.postMessage({ message, value, secret }, "*");

  document.addEventListener("slideshow:height", ({ detail }) => {
    height = detail;
    tell("height", height);
  });
  addEventListener("message", ({ source, data }) => {
    const isAsked = source === parent && data?.message === "ready" && data.secret === secret;
    if (isAsked && height) tell("height", height);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#whole");
    if (!link) return;
    event.preventDefault(); // its sandbox lets no window open; the host page follows the link
    tell("link", link.href);
  });
})();
