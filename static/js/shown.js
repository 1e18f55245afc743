// Tells the scripts of the site's owner about each slide that is shown in place of another, and
// each page in another language.
(() => {
  const address = () => document.querySelector("link[rel=canonical]")?.href;
  let told = address();
  const tell = () => {
    const url = address();
    if (url === told) return;
    told = url;
    const { story, position, total } = document.getElementById("slide").dataset;
    const { lang } = document.documentElement;
    const detail = { story, position: Number(position) || null, total: Number(total), lang, url };
    document.dispatchEvent(new CustomEvent("slideshow:slide", { detail }));
  };
  document.addEventListener("htmx:finally:swap", tell);
  document.addEventListener("slideshow:language", () => setTimeout(tell)); // htmx's swap comes first
})();
