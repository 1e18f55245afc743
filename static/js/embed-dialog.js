// The page that offers what to paste, as a dialog over the slide.
const dialogOf = (page) => {
  const place = page.getElementById("embed");
  const heading = document.createElement("h2");
  heading.id = "embed-title";
  heading.textContent = page.querySelector("h1").textContent;
  const close = place.querySelector(".close");
  close.hidden = false;
  const panel = document.createElement("dialog");
  panel.className = "embedding";
  panel.setAttribute("aria-labelledby", heading.id);
  panel.append(heading, close, place);
  panel.addEventListener("close", () => {
    panel.remove();
    document.getElementById("more").focus();
  });
  return panel;
};

const styled = (address) => new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  link.onload = resolve;
  link.onerror = resolve;
  document.head.insertBefore(link, document.getElementById("own-style"));
});

export const act = async (link) => {
  const response = await fetch(link.href);
  if (!response.ok) throw response.status;
  const panel = dialogOf(new DOMParser().parseFromString(await response.text(), "text/html"));
  const place = panel.querySelector(".embed");
  const [{ start }] = await Promise.all([import(place.dataset.choices), styled(place.dataset.style)]);
  document.getElementById("more-menu").hidePopover();
  document.body.append(panel);
  panel.showModal();
  start(place, link.search);
};
