// Tells the scripts of the site's owner about each slide that is shown in place of another.
(() => {
  const address = () => document.querySelector("link[rel=canonical]")?.href;
  let told = address();
  document.addEventListener("htmx:finally:swap", () => {
    const url = address();
    if (url === told) return;
    told = url;
    const { story, position, total } = document.getElementById("slide").dataset;
    const { lang } = document.documentElement;
    const detail = { story, position: Number(position), total: Number(total), lang, url };
    document.dispatchEvent(new CustomEvent("slideshow:slide", { detail }));
  });
})();
