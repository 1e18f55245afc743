// A change of slide that fails leaves the slide in place and says so.
(() => {
  const say = () => {
    const status = document.getElementById("status");
    status.textContent = "";
    // A new frame, so that the same words are announced again at the second failure.
    requestAnimationFrame(() => { status.textContent = status.dataset.failed; });
  };

  // Without this htmx would swap the error page in and change the address.
  document.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx.response.raw.ok) return;
    event.preventDefault();
    say();
  });
  document.addEventListener("htmx:error", say);
})();
