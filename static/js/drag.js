// A slide that is swiped brings its neighbour in beside it, which is in memory already; where
// there is none, it gives way a little and comes back.
(() => {
  const STIFFNESS = 4;
  let side; // of the neighbour: -1 at the left, 1 at the right
  let neighbour; // its article
  let isFree; // whether there is a slide or a page to go to
  let left; // the article that goes, and where both were when its slide was replaced

  const slide = () => document.getElementById("slide");
  const isStill = () => !slide().matches(".dragged");

  // Only to be looked at: for everybody else the page holds one slide.
  const put = (article, { top, at, from = 0 }) => {
    for (const named of article.querySelectorAll("[id]")) named.removeAttribute("id");
    article.removeAttribute("id");
    article.classList.add("neighbour");
    article.inert = true;
    article.setAttribute("aria-hidden", "true");
    article.style.setProperty("--top", `${top}px`);
    article.style.setProperty("--side", at);
    article.style.setProperty("--from", `${from}px`);
    slide().append(article);
  };
  const removeWhenThere = async (article) => {
    await Promise.allSettled(article.getAnimations().map(({ finished }) => finished));
    article.remove();
  };

  const look = () => {
    const rel = side < 0 === (document.dir === "rtl") ? "next" : "prev";
    const [asked, main] = [side, slide()];
    const show = (text) => {
      if (side !== asked || slide() !== main || isStill()) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      neighbour = document.importNode(page.querySelector("#slide article"), true);
      // It begins where the window does, as it will when it has come.
      const top = Math.max(main.querySelector("article").offsetTop, scrollY - main.offsetTop);
      put(neighbour, { top, at: side });
    };
    const detail = { rel, show };
    isFree = document.dispatchEvent(new CustomEvent("slideshow:peek", { cancelable: true, detail }))
      && main.querySelector(`a[rel=${rel}][href]`) !== null;
  };
  const forget = () => {
    if (neighbour) removeWhenThere(neighbour);
    neighbour = side = undefined;
  };

  document.addEventListener("slideshow:drag", ({ detail: x }) => {
    slide().classList.add("dragged");
    if (side !== -Math.sign(x)) {
      neighbour?.remove();
      neighbour = undefined;
      side = -Math.sign(x);
      look();
    }
    slide().style.setProperty("--drag", `${isFree ? x : x / STIFFNESS}px`);
  });
  const comeBack = () => {
    slide().style.removeProperty("--drag");
    forget();
  };
  document.addEventListener("slideshow:drop", ({ detail: isTurned }) => {
    slide().classList.remove("dragged");
    if (isTurned && neighbour) slide().style.setProperty("--drag", `${-side * slide().offsetWidth}px`);
    else comeBack();
  });
  // The change comes while both are on their way, or after that: they go on from where they are.
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    left = undefined;
    if (ctx.target.id !== "slide" || !neighbour || !isStill()) return;
    const article = slide().querySelector("article");
    const home = slide().getBoundingClientRect().left + article.offsetLeft;
    const { left: at, top } = article.getBoundingClientRect();
    left = { article, top, from: at - home, at: -side, came: neighbour.getBoundingClientRect().left - home };
  });
  document.addEventListener("htmx:after:swap", () => {
    neighbour = side = undefined;
    if (!left) return;
    const article = slide().querySelector("article");
    article.style.setProperty("--from", `${left.came}px`);
    const { top } = slide().getBoundingClientRect();
    put(left.article, { ...left, top: left.top - top - scrollY }); // the page begins at its top again
    removeWhenThere(left.article);
    left = undefined;
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.status !== "swapped" && neighbour && isStill()) comeBack();
  });
})();
