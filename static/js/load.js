// What few readers use is fetched when it is first asked for, by the address in data-load.
document.addEventListener("click", async (event) => {
  const asked = event.target.closest?.("[data-load]");
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (asked.href) event.preventDefault();
  try {
    const { act } = await import(asked.dataset.load);
    await act(asked);
  } catch (error) {
    // A link still leads to what the script would have shown, unless the network is gone.
    const page = asked.href && await fetch(asked.href).catch(() => {});
    if (page?.ok) location.assign(asked.href);
    else document.dispatchEvent(new CustomEvent("slideshow:fail", { detail: asked }));
    throw error;
  }
});
