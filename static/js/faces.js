// A font that comes too late for the first slide is used from the next one on, when all changes
// anyway: as the page has it, it would be left out for as long as the page lasts.
(() => {
  const link = document.querySelector("link[data-faces]");
  const known = new Set();
  const ready = [];

  const look = () => {
    const faces = [...document.fonts].filter(({ family }) => family.includes("Brand"));
    [...link.sheet.cssRules].forEach(({ style }, place) => {
      if (known.has(place) || faces[place]?.status !== "loaded") return;
      known.add(place);
      const { family, unicodeRange, weight } = faces[place];
      const [, file] = /url\("?([^")]+)/.exec(style.getPropertyValue("src"));
      const face = new FontFace(family, `url("${new URL(file, link.href)}")`, { unicodeRange, weight });
      face.load().then(() => ready.push(face)).catch(() => {}); // from the browser's cache
    });
  };

  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (ctx.target.id !== "slide") return;
    ready.splice(0).forEach((face) => document.fonts.add(face));
  });
  document.fonts.addEventListener("loadingdone", look);
  addEventListener("load", look);
})();
