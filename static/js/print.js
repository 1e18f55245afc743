// Prints the whole story, from wherever the reader is, once all its pictures are there.
const load = (page) => Promise.allSettled([...page.images].map((image) => {
  image.loading = "eager";
  return image.decode();
}));

export const act = async (link) => {
  if (!link.href) { // the whole story is the page
    await load(document);
    return print();
  }
  const frame = document.createElement("iframe");
  frame.className = "hidden";
  // As wide as a sheet, or its pictures would be those for a screen of one pixel.
  Object.assign(frame.style, { position: "fixed", inlineSize: "60rem" });
  frame.title = link.textContent.trim();
  frame.src = link.href;
  frame.addEventListener("load", async () => {
    const page = frame.contentWindow;
    await load(page.document);
    page.addEventListener("afterprint", () => frame.remove());
    page.print();
  });
  document.body.append(frame);
  document.getElementById("more-menu").hidePopover?.();
};
