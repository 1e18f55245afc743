// What fails to load leaves the slide in place; this says so, and offers to try again.
(() => {
  const status = document.getElementById("status");
  const retry = document.getElementById("retry");
  const LONG_ENOUGH = 5_000; // ms to read a message that asks for nothing
  let shown = location.href;
  let failed;
  let hiding;

  const show = (source, message = status.dataset.failed) => {
    clearTimeout(hiding);
    failed = () => source.click();
    if (source === document.body) {
      // Back and Forward change the address first: it shall be that of the slide one sees.
      const wanted = location.href;
      history.replaceState(history.state, "", shown);
      failed = () => location.assign(wanted);
    }
    status.className = "";
    retry.hidden = !source;
    status.textContent = "";
    // A new frame, so that the same words are announced again at the second failure.
    requestAnimationFrame(() => { status.textContent = message; });
  };

  const hide = () => {
    if (document.activeElement === retry) document.getElementById("next").focus();
    status.className = "hidden";
    retry.hidden = true;
  };

  // A copy on the reader's own disk is read by its links: no page may fetch a file.
  document.addEventListener("htmx:before:request", (event) => {
    if (location.protocol !== "file:") return;
    event.preventDefault();
    const { href } = event.detail.ctx.sourceElement;
    if (href) location.assign(href);
  });
  // Without this htmx would swap the error page in and change the address.
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.raw.ok) return;
    event.preventDefault();
    show(ctx.sourceElement);
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    show(ctx?.sourceElement);
  });
  // By now Back may have changed the address.
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.target.matches("#slide, body")) shown = ctx.response.raw.url;
    hide();
  });
  document.addEventListener("slideshow:fail", ({ detail: source }) => {
    show(source);
    failed = () => {
      hide();
      source.click();
    };
  });
  document.addEventListener("slideshow:say", ({ detail }) => {
    show(null, detail);
    hiding = setTimeout(hide, LONG_ENOUGH);
  });
  retry.addEventListener("click", () => failed());
})();
