// What few readers use is fetched when it is first asked for, by the address in data-load.
document.addEventListener("click", async (event) => {
  const asked = event.target.closest?.("[data-load]");
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (asked.href) event.preventDefault();
  try {
    const { act } = await import(asked.dataset.load);
    act(asked);
  } catch (error) {
    // A link still leads to what the script would have shown.
    if (asked.href) location.assign(asked.href);
    throw error;
  }
});
