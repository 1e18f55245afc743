// Where no server negotiates, the reader's first language that there is opens by itself.
(() => {
  const offered = [...document.querySelectorAll("main a[hreflang]")];
  for (const wish of navigator.languages) {
    const link = offered.find(({ hreflang }) => hreflang === wish)
      || offered.find(({ hreflang }) => hreflang === wish.split("-")[0]);
    if (link) {
      location.replace(link.href);
      return;
    }
  }
})();
