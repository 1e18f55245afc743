// What another site has is shown in the place of its link, at its reader's wish.
export const act = (button) => {
  const { frame, title } = button.dataset;
  const place = document.createElement("iframe");
  Object.assign(place, { src: frame, title, allowFullscreen: true, allow: "fullscreen; picture-in-picture" });
  place.referrerPolicy = "strict-origin-when-cross-origin"; // some play nothing without it
  const card = button.closest(".elsewhere");
  card.querySelectorAll(".scripted").forEach((element) => element.remove());
  card.prepend(place);
  place.focus();
};
