// The theme and the language that the host page asks for. Changes of language follow each other:
// of several that are asked for in haste, the last is the one that is shown.
(() => {
  const html = document.documentElement;
  const theme = new URLSearchParams(location.search).get("theme");
  // Where no server reads the address, it is read here.
  if (theme === "light" || theme === "dark") html.dataset.theme = theme;

  let isBusy = true; // until htmx has seen the page
  let wanted;
  let asked = html.lang; // the language of the slide that is shown, or on its way

  const known = (tag) => {
    try {
      return new Intl.Locale(tag.replaceAll("_", "-")).maximize();
    } catch {
      return undefined;
    }
  };
  // The story's language that is nearest to a tag: fr for fr-CA, pt-BR for pt, zh-Hant for zh-TW.
  const nearest = (tag) => {
    const links = [...document.querySelectorAll("#languages a[hreflang]")];
    const asked = known(tag);
    const nearness = ({ hreflang }) => {
      const { language, script, baseName } = known(hreflang) ?? {};
      if (!asked || language !== asked.language) return 0;
      return 1 + (script === asked.script) + (baseName === asked.baseName);
    };
    return links.sort((one, other) => nearness(other) - nearness(one)).find(nearness);
  };
  const speak = () => {
    if (isBusy || !wanted) return;
    const link = nearest(wanted);
    wanted = undefined;
    if (!link || link.hreflang === asked) return;
    asked = link.hreflang;
    link.click();
  };

  document.addEventListener("slideshow:speak", ({ detail }) => {
    wanted = detail;
    speak();
  });
  document.addEventListener("htmx:after:process", () => {
    isBusy = false;
    speak();
  }, { once: true });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.target?.id === "slide") isBusy = true;
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.target?.id !== "slide") return;
    isBusy = false;
    asked = html.lang;
    queueMicrotask(speak); // htmx frees the link only after this event
  });
})();
