// On a static host the page for missing addresses looks for the slide that moved: the contents of
// its story name its address of today.
(async () => {
  const { root, frames } = document.getElementById("slide").dataset;
  const parts = location.pathname.split("/");
  const at = parts.findIndex((part) => /^\d/.test(part));
  if (at < 0) return;
  const story = parts.slice(0, at).join("/").replace(frames, root);
  const keyOf = (part) => decodeURIComponent(part).replace(/^\d+-?/, "").toLowerCase();
  const response = await fetch(`${story}/`);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const slides = [...page.querySelectorAll(".contents a")]
    .map((link) => link.getAttribute("href").split("/").at(-2));
  const key = keyOf(parts[at]);
  const slide = slides.find((each) => key && keyOf(each) === key) ?? slides[Number.parseInt(parts[at]) - 1];
  if (!slide || slide === parts[at]) return;
  parts[at] = slide;
  location.replace(parts.join("/") + location.search + location.hash);
})();
