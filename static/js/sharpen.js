// The style of figures, for the slides after one of text alone.
const { style } = document.getElementById("sharpen").dataset;
if (style) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  document.head.insertBefore(link, document.getElementById("own-style"));
}
// On a phone a picture further down comes small at first, and sharp when it is about to be seen:
// browsers fetch pictures long before that, at the expense of those that are in sight.
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    for (const source of target.querySelectorAll("source")) source.sizes = target.dataset.sizes;
  }
}, { rootMargin: "25%" });
const look = () => {
  for (const picture of document.querySelectorAll("main picture[data-sizes]")) observer.observe(picture);
};
document.addEventListener("htmx:after:swap", look);
document.addEventListener("slideshow:language", look);
look();
