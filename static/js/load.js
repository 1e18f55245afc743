// What few readers use is fetched when it is first asked for, by the address in data-load.
(() => {
  // After an update of the site the page names other scripts than the copy that is shown.
  const isUpdated = async (script) => {
    const page = await fetch(location.href, { cache: "no-cache" }).catch(() => {});
    return page?.ok && !(await page.text()).includes(script);
  };

  document.addEventListener("click", async (event) => {
    const asked = event.target.closest?.("[data-load]");
    if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (asked.href && location.protocol === "file:") return; // no script may be fetched from there
    if (asked.href) event.preventDefault();
    try {
      const { act } = await import(asked.dataset.load);
      await act(asked);
    } catch (error) {
      // A link still leads to what the script would have shown, unless the network is gone.
      const page = asked.href && await fetch(asked.href).catch(() => {});
      if (page?.ok) location.assign(asked.href);
      else if (await isUpdated(asked.dataset.load)) location.reload();
      else document.dispatchEvent(new CustomEvent("slideshow:fail", { detail: asked }));
      throw error;
    }
  });
})();
