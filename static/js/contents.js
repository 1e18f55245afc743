// The contents over the slide: filled by htmx when first opened, with a field to find a headline.
const panel = document.getElementById("contents-panel");
const place = panel.querySelector("nav");
const field = panel.querySelector("input");
const told = panel.querySelector("output");

// No accents, no capitals, and the hyphen that one types.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\u2011/g, "-").toLowerCase();
const links = () => [...place.querySelectorAll(".contents a")];

const isMarked = () => place.querySelector(".contents [aria-current]") !== null;

const mark = () => {
  const position = Number(document.getElementById("slide").dataset.position);
  links().forEach((link, index) => {
    if (index + 1 === position) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  place.querySelector(".contents [aria-current]")?.scrollIntoView({ block: "center" });
  // Where the window is so low that the whole panel scrolls, what has the focus stays in sight.
  if (document.activeElement === field) field.scrollIntoView({ block: "nearest" });
};

const find = () => {
  const words = plain(field.value).split(/\s+/u);
  const found = links().filter((link) => {
    const isFound = words.every((word) => plain(link.textContent).includes(word));
    link.parentElement.hidden = !isFound;
    return isFound;
  });
  const { none, found: some } = told.dataset;
  if (!field.value.trim() || !links().length) told.textContent = "";
  else told.textContent = found.length ? some.replace("{}", found.length) : none;
  return found;
};

field.addEventListener("input", find);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && field.value.trim()) find()[0]?.click();
});
place.addEventListener("click", (event) => {
  if (!event.target.closest(".contents a") || event.ctrlKey || event.metaKey) return;
  panel.close();
  // Who listens to the page reads on from the slide, not from the way to the contents.
  document.addEventListener("htmx:after:swap", () => {
    document.getElementById("slide-text").focus({ preventScroll: true });
  }, { once: true });
});
// Safari knows no closedby: a click beside the contents is one on the dialog's own ground there.
panel.addEventListener("click", (event) => {
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  const isInside = event.clientX >= left && event.clientX <= right
    && event.clientY >= top && event.clientY <= bottom;
  if (event.target === panel && !isInside) panel.close();
});
// Long contents come page after page: the list stays where its reader has taken it.
place.addEventListener("htmx:after:swap", () => {
  if (!isMarked()) mark();
  if (field.value.trim()) find();
});

export const act = () => {
  field.value = "";
  find();
  panel.showModal();
  if (matchMedia("(pointer: fine)").matches) field.focus(); // elsewhere it calls up a keyboard
  mark();
  if (!links().length) place.firstElementChild.dispatchEvent(new Event("slideshow:contents"));
};
