// A change of language stays in the page, and with it full screen, Play and the focus: whatever
// stands around the slide follows.
(() => {
  const AROUND = [".skip", "header", "footer", ".message", "dialog", ".printed"];
  const html = document.documentElement;
  let isChange;

  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    const languages = /data-languages="([^"]+)"/.exec(ctx.text)?.[1];
    isChange = ctx.target.id === "slide" && languages !== html.dataset.languages;
    if (!isChange) return;
    const next = new DOMParser().parseFromString(ctx.text, "text/html");
    for (const name of ["lang", "dir", "data-digits", "data-languages"]) {
      const value = next.documentElement.getAttribute(name);
      if (value === null) html.removeAttribute(name);
      else html.setAttribute(name, value);
    }
    document.querySelector("dialog")?.close();
    for (const name of AROUND) {
      const target = document.querySelector(name);
      const fragment = new DocumentFragment();
      fragment.append(next.querySelector(name) ?? "");
      if (target) tasks.push({ type: "oob", fragment, target, swapSpec: { style: "outerMorph" } });
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!isChange) return;
    // The languages may have stood in a menu, which is closed now.
    if (document.activeElement === document.body) document.querySelector("#languages button")?.focus();
    document.dispatchEvent(new Event("slideshow:language"));
  });
})();
