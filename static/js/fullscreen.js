// The slides on the whole screen, and back.
export const act = () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
  document.getElementById("more-menu")?.hidePopover();
};
