// A picture that does not come leaves its words in its place, and says why.
(() => {
  const show = (image) => {
    const { missing } = image.dataset;
    if (!missing) return;
    const words = document.createElement("p");
    words.className = "missing";
    words.append(image.alt && `${image.alt} `, `(${missing})`);
    image.parentElement.replaceWith(words);
  };
  document.addEventListener("error", ({ target }) => {
    if (target instanceof HTMLImageElement) show(target);
  }, true);
  // Those that failed before this was here.
  for (const image of document.querySelectorAll("img:not([loading])")) {
    if (image.complete && !image.naturalWidth) show(image);
  }
})();
