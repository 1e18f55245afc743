// The slides before and after are fetched ahead, with their pictures, so that a change costs
// no round trip.
(() => {
  const kept = new Map();
  const MOST = 8;
  const FRESH = 60_000;
  const PATIENCE = 15_000; // ms, as for htmx's own requests
  const savesData = navigator.connection?.saveData;

  // A copy in this document makes the browser choose and fetch the file that it will show.
  const warmed = (text) => {
    const there = new DOMParser().parseFromString(text, "text/html");
    const picture = there.querySelector("#slide picture");
    if (!picture) return null;
    picture.lastElementChild.setAttribute("fetchpriority", "low");
    const copy = document.importNode(picture, true);
    copy.lastElementChild.decode().catch(() => {}); // a picture is broken for its slide to show
    return copy;
  };

  const fetchAhead = (address) => {
    const known = kept.get(address);
    if (known && performance.now() - known.time < FRESH) return;
    // A browser's cache may answer with what is a minute old, and this is kept for another one.
    const asked = {
      headers: { Accept: "text/html" }, cache: "no-cache", signal: AbortSignal.timeout(PATIENCE),
    };
    const text = fetch(address, asked).then(async (response) => {
      if (!response.ok) throw response.status;
      // The styles stand in this document already, and take long to read.
      const text = (await response.text()).replace(/<style>[^]*?<\/style>/, "");
      return { url: response.url, text, picture: !savesData && warmed(text) };
    });
    text.catch(() => kept.delete(address));
    kept.set(address, { text, time: performance.now() });
    if (kept.size > MOST) kept.delete(kept.keys().next().value);
  };

  const look = () => {
    const near = "#slide a:is([rel=next], [rel=prev])[href]:not([data-hx-boost])";
    for (const link of document.querySelectorAll(near)) fetchAhead(link.pathname + link.search);
  };

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const known = kept.get(ctx.request.action);
    if (!known || performance.now() - known.time >= FRESH) return;
    const network = window.fetch.bind(window);
    // The text is at hand: a body that had to be read anew would come a frame later.
    const answer = ({ url, text }) => Object.defineProperties(new Response(), {
      url: { value: url },
      text: { value: async () => text },
    });
    ctx.fetch = (address, request) => Promise.race([
      known.text.then(answer, () => network(address, request)),
      new Promise((_, reject) => {
        const { signal } = request;
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
    ]);
  });
  // A new element would decode its picture only now, and show it some frames after its text.
  document.addEventListener("htmx:after:swap", async ({ detail: { ctx } }) => {
    const ahead = await kept.get(ctx.request.action)?.text.catch(() => {});
    const isThere = ahead?.picture && ahead.picture.lastElementChild.naturalWidth;
    if (isThere) document.querySelector("#slide picture")?.replaceWith(ahead.picture);
  });
  // Who swipes sees the slide that comes.
  document.addEventListener("slideshow:peek", async (event) => {
    const { rel, show } = event.detail;
    const link = document.querySelector(`#slide a[rel=${rel}]`);
    if (event.defaultPrevented || !link) return;
    const ahead = await kept.get(link.pathname + link.search)?.text.catch(() => {});
    if (ahead) show(ahead.text);
  });
  // Once the slide is on the screen.
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => setTimeout(look)));
  if (location.protocol !== "file:") look();
})();
