// A picture as large as the window, or larger: by click, key, tap and swipe.
const panel = document.getElementById("large");
const place = panel.querySelector(".place");
const zoom = panel.querySelector("[aria-pressed]");
const SWIPE = 48; // px
let shown; // the link to the picture

const links = () => [...document.querySelectorAll("main a.enlarge")];
const setZoom = (isLarge) => {
  panel.classList.toggle("zoomed", isLarge);
  zoom.setAttribute("aria-pressed", isLarge);
};
const show = (link) => {
  shown = link;
  const figure = link.closest("figure");
  const image = figure.querySelector("img").cloneNode();
  for (const name of ["loading", "fetchpriority", "data-load", "data-missing"]) image.removeAttribute(name);
  image.src = link.href;
  // The caption of its row, and its own words.
  const words = document.createElement("figcaption");
  for (const each of [figure.parentElement.closest("figure"), figure]) {
    words.append(...(each?.querySelector(":scope > figcaption")?.cloneNode(true).childNodes ?? []));
  }
  place.replaceChildren(image, ...(words.hasChildNodes() ? [words] : []));
  place.classList.toggle("clear", figure.classList.contains("clear"));
  setZoom(false);
};
// Beyond the pictures of the slide there is the next slide.
const move = (by) => {
  const next = links()[links().indexOf(shown) + by];
  if (next) return show(next);
  panel.close();
  document.dispatchEvent(new CustomEvent("slideshow:step", { detail: by > 0 ? "next" : "prev" }));
};

zoom.addEventListener("click", () => setZoom(!panel.classList.contains("zoomed")));
place.addEventListener("click", ({ target, clientX, clientY }) => {
  if (!(target instanceof HTMLImageElement)) return panel.close();
  const { left, top, width, height } = target.getBoundingClientRect();
  setZoom(!panel.classList.contains("zoomed"));
  // The place that was pressed comes to the middle.
  place.scrollTo({
    left: ((clientX - left) / width) * place.scrollWidth - place.clientWidth / 2,
    top: ((clientY - top) / height) * place.scrollHeight - place.clientHeight / 2,
  });
});
panel.addEventListener("keydown", ({ key }) => {
  const isZoomed = panel.classList.contains("zoomed"); // then the arrow keys move about in it
  if (isZoomed || !["ArrowLeft", "ArrowRight"].includes(key)) return;
  move((key === "ArrowRight") === (document.dir !== "rtl") ? 1 : -1);
});
let from;
panel.addEventListener("pointerdown", (event) => { from = event; });
panel.addEventListener("pointerup", (event) => {
  const isHeld = event.pointerType === "touch" && !panel.classList.contains("zoomed") && visualViewport.scale < 1.01;
  if (!from || !isHeld) return;
  const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
  if (Math.abs(y) > SWIPE && Math.abs(y) > Math.abs(x)) panel.close();
  else if (Math.abs(x) > SWIPE) move((x < 0) === (document.dir !== "rtl") ? 1 : -1);
});
panel.addEventListener("close", () => { shown?.isConnected && shown.focus({ preventScroll: true }); });

export const act = (asked) => {
  show(asked.href ? asked : asked.closest("figure").querySelector(".enlarge"));
  panel.showModal();
};
