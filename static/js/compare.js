// Puts a button below each paragraph, which shows it in the other language, as the page of both
// languages has it.
const PARTS = ":not(header, figure, .panel, .elsewhere, .notice)";
const BLOCKS = `#slide-text > ${PARTS}, #slide-text > .panel > ${PARTS}`;
let isOn = false;
let name; // of the other language: a link
let both; // the page of both languages, once it was asked for

const pairOf = ({ hreflang }) => document.querySelector(`#languages a[data-short$="+${hreflang.toUpperCase()}"]`);
// The reader's own language, where the story has several others.
const choose = () => {
  const names = [...document.querySelectorAll("#languages a[hreflang]")].filter(pairOf);
  const wishes = navigator.languages.flatMap((tag) => [tag, tag.split("-")[0]]);
  return wishes.map((wish) => names.find(({ hreflang }) => hreflang === wish)).find(Boolean) ?? names[0];
};

const close = (button) => {
  button.nextElementSibling.replaceChildren();
  button.setAttribute("aria-expanded", false);
};
const buttons = () => [...document.querySelectorAll("#slide .compare")];
const put = () => {
  const toggle = document.getElementById("compare");
  toggle?.setAttribute("aria-pressed", isOn);
  for (const button of buttons()) {
    button.nextElementSibling.remove();
    button.remove();
  }
  name = choose();
  both = undefined;
  if (!isOn || !name) return;
  for (const block of document.querySelectorAll(BLOCKS)) {
    if (block.lang === name.hreflang) continue; // it is not translated
    const button = document.createElement("button");
    const { lang, dir, textContent } = name;
    Object.assign(button, { type: "button", className: "compare", lang, dir, translate: false, textContent });
    button.dataset.load = toggle.dataset.load;
    const twin = document.createElement("div");
    Object.assign(twin, { className: "twin", role: "status" });
    block.after(button, twin);
    close(button);
  }
};

const read = async ({ href }) => {
  const response = await fetch(href);
  if (!response.ok) throw response.status;
  return new DOMParser().parseFromString(await response.text(), "text/html");
};
const open = async (button) => {
  both ??= read(pairOf(name));
  both.catch(() => { both = undefined; });
  const words = ({ textContent }) => textContent.trim();
  const block = words(button.previousElementSibling);
  const rows = [...(await both).querySelectorAll(".row")];
  const row = rows.find(({ firstElementChild }) => words(firstElementChild) === block);
  if (!row) return location.assign(pairOf(name).href); // it has changed, or its picture is missing
  for (const named of row.querySelectorAll("[id]")) named.removeAttribute("id");
  button.nextElementSibling.append(...row.lastElementChild.cloneNode(true).childNodes);
  button.setAttribute("aria-expanded", true);
  button.nextElementSibling.scrollIntoView({ block: "nearest" });
};

const turn = async (toggle) => {
  const { style, said } = toggle.dataset;
  if (!document.querySelector(`link[href="${style}"]`)) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    document.head.insertBefore(link, document.getElementById("own-style"));
    await new Promise((resolve) => { link.onload = link.onerror = resolve; });
  }
  isOn = !isOn;
  document.getElementById("more-menu").hidePopover();
  put();
  if (isOn) document.dispatchEvent(new CustomEvent("slideshow:say", { detail: said }));
};

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || document.querySelector("dialog[open], :popover-open")) return;
  for (const button of buttons()) {
    if (button.nextElementSibling.contains(document.activeElement)) button.focus();
    close(button);
  }
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => { if (ctx.target.id === "slide") put(); });

export const act = (asked) => {
  if (asked.id === "compare") return turn(asked);
  return asked.nextElementSibling.firstChild ? close(asked) : open(asked);
};
