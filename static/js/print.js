// Prints the whole story, from wherever the reader is.
export const act = (link) => {
  if (!link.href) return print(); // the whole story is the page
  const frame = document.createElement("iframe");
  frame.className = "hidden";
  frame.title = link.textContent.trim();
  frame.src = link.href;
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  });
  document.body.append(frame);
  document.getElementById("more-menu").hidePopover?.();
};
