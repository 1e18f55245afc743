// On a cover the arrow key that goes on begins the story; the others scroll, as ever.
document.addEventListener("keydown", (event) => {
  const onward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key !== onward || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  document.getElementById("begin").click();
});
