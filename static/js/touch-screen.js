// What turns the slides by touch comes where there is something to touch.
if (navigator.maxTouchPoints) {
  // As a script of the page, which its load waits for.
  const src = document.body.dataset.touch;
  document.head.append(Object.assign(document.createElement("script"), { src }));
}
