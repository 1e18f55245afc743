// Passes the slide on: by the system's own means where there is one, else by copying its link.
const address = () => location.href.split("#")[0];

const copy = async (button) => {
  try {
    await navigator.clipboard.writeText(address());
    document.dispatchEvent(new CustomEvent("slideshow:say", { detail: button.dataset.copied }));
  } catch {
    prompt(button.textContent.trim(), address()); // no clipboard without HTTPS
  }
};

export const act = async (button) => {
  document.getElementById("more-menu").hidePopover?.();
  if (button.id === "copy" || !navigator.share) return copy(button);
  try {
    await navigator.share({ title: document.title, url: address() });
  } catch (error) {
    if (error.name !== "AbortError") copy(button); // the reader changed their mind
  }
};
