// What a publisher pastes follows what they choose: on a page of its own, and in a dialog.
const html = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt()};`);

const valuesOf = (place) => {
  const { language, position, theme, width, height } = place.querySelector(".choices").elements;
  const { title, address, frame, preview, slides } = language.selectedOptions[0].dataset;
  // Of a very long story only the positions are known: they lead on.
  const slide = slides.split(" ")[position.value - 1] || position.value;
  const at = (place) => new URL(place.replace("{slide}", slide), location.href).href;
  return {
    address: html(at(address)),
    frame: html(at(frame) + (theme.value === "auto" ? "" : `?theme=${theme.value}`)),
    title: html(title),
    lang: language.value === "auto" ? "" : ` lang="${language.value}"`,
    theme: theme.value === "auto" ? "" : ` theme="${theme.value}"`,
    width: width.value ? ` width="${width.value}"` : "",
    size: width.value || "100%",
    height: height.value,
    preview: at(preview),
  };
};

const write = (place) => {
  if (!place.querySelector(".choices").checkValidity()) return;
  const values = valuesOf(place);
  for (const field of place.querySelectorAll("textarea")) {
    field.value = field.dataset.template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }
  // The preview is what the first snippet gives, from this host, whatever the site's address.
  const parsed = new DOMParser().parseFromString(place.querySelector("textarea").value, "text/html");
  const show = parsed.querySelector("slide-show");
  show.setAttribute("src", values.preview);
  place.querySelector(".preview").replaceChildren(show);
};

const copy = async (button) => {
  const section = button.closest("section");
  const field = section.querySelector("textarea");
  const said = section.querySelector("output");
  field.select();
  // Without HTTPS there is no clipboard but the old way.
  const isCopied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false)
    || document.execCommand("copy");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = said.dataset[isCopied ? "copied" : "failed"]; });
};

// On a static host the page is that of any slide: the address says which.
const choose = (place, query) => {
  const { language, position } = place.querySelector(".choices").elements;
  const asked = new URLSearchParams(query).get("slide");
  const { slides } = language.selectedOptions[0].dataset;
  const found = slides ? slides.split(" ").indexOf(asked) + 1 : parseInt(asked);
  if (found) position.value = found;
};

export const start = (place, query) => {
  import(place.dataset.script);
  choose(place, query);
  place.addEventListener("change", () => write(place));
  place.querySelector(".choices").addEventListener("submit", (event) => event.preventDefault());
  place.addEventListener("click", ({ target }) => {
    if (target.closest("section button")) copy(target);
  });
  write(place);
};

const own = document.querySelector("main #embed");
if (own) {
  start(own, location.search);
  document.querySelector("main > .actions a").href = valuesOf(own).preview;
}
