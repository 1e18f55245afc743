// The style of figures, for the slides after one of text alone.
const { style } = document.getElementById("sharpen").dataset;
if (style) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  document.head.insertBefore(link, document.getElementById("own-style"));
}
// On a phone a picture further down comes small at first, and sharp when it is seen, or about to be by
// a reader who scrolls: browsers fetch pictures long before that, at the expense of those in sight.
const sharpen = (rootMargin) => new IntersectionObserver((entries, observer) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || !target.dataset.sizes) continue;
    observer.unobserve(target);
    for (const source of target.querySelectorAll("source")) source.sizes = target.dataset.sizes;
    delete target.dataset.sizes;
  }
}, { rootMargin });
const [inSight, near] = ["0%", "25%"].map(sharpen);
const look = () => {
  for (const picture of document.querySelectorAll("main picture[data-sizes]")) (scrollY ? near : inSight).observe(picture);
};
document.addEventListener("htmx:after:swap", look);
document.addEventListener("slideshow:language", look);
addEventListener("scroll", look, { passive: true });
look();
