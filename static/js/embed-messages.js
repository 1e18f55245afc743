// Tells the host page what is shown, and does what it asks for. README, "Embed a slideshow".
(() => {
  if (parent === window) return;
  let height;
  let wanted; // the position that the host page asked for
  let told; // the position that it knows of
  const slide = () => document.getElementById("slide");
  const position = () => Number(slide().dataset.position);
  const total = () => Number(slide().dataset.total);
  const step = (rel) => document.dispatchEvent(new CustomEvent("slideshow:step", { detail: rel }));

  const tell = (event) => parent.postMessage({
    namespace: "slideshow",
    version: 1,
    event,
    story: slide().dataset.story,
    position: position(),
    total: total(),
    lang: document.documentElement.lang,
    url: document.querySelector("link[rel=canonical]").href,
    height,
  }, "*");

  // A link to the position wanted, beside those to the first slide and the last.
  const offer = () => {
    const first = document.querySelector("#slide a[rel=first]");
    const link = first.cloneNode(true);
    link.rel = "go";
    const { address, slides } = first.dataset;
    link.setAttribute("href", address.replace("{slide}", slides.split(" ")[wanted - 1] || wanted));
    first.after(link);
    htmx.process(link.parentElement);
  };

  const commands = {
    next: () => step("next"),
    previous: () => step("prev"),
    go: (place) => {
      if (!Number.isInteger(place) || place < 1 || place > total()) return;
      wanted = place;
      offer();
      step("go");
    },
    language: (_, tag) => {
      if (typeof tag !== "string") return;
      document.dispatchEvent(new CustomEvent("slideshow:speak", { detail: tag }));
    },
  };

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.namespace !== "slideshow") return;
    const name = typeof data.command === "string" && data.command; // a list would read as its text
    if (name && Object.hasOwn(commands, name)) commands[name](data.position, data.language);
  });

  document.addEventListener("slideshow:height", ({ detail }) => {
    const isFirst = !height;
    height = detail;
    if (isFirst) {
      told = position();
      tell("ready");
    }
    tell("height");
    if (isFirst && position() === total()) tell("end");
  });
  document.addEventListener("slideshow:language", () => tell("language"));
  document.addEventListener("htmx:after:swap", () => {
    if (position() === wanted) wanted = undefined;
    if (wanted) offer();
    if (position() === told) return;
    told = position();
    tell("slide");
    if (position() === total()) tell("end");
  });
})();
