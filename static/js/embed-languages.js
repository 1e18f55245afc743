// A change of language stays in the frame, keeps its theme, and leaves no trace in the history.
(() => {
  const theme = new URLSearchParams(location.search).get("theme");
  // Where no server reads the address, it is read here.
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#languages a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.pathname + (link.search || location.search) + location.hash);
  });
})();
