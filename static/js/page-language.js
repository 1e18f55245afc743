// On covers and whole stories a change of language stays in the page, and with it the focus.
(() => {
  const AROUND = [".skip", "body > header", "body > main", "body > footer"];
  const HEAD = "title, meta, link:not([rel=stylesheet]), script[type='application/ld+json']";
  const PATIENCE = 15_000; // ms, as for slides
  const html = document.documentElement;
  let shown = location.pathname;
  let latest;

  // A page that is loaded is announced by its title.
  const status = document.createElement("div");
  status.className = "hidden";
  status.role = "status";
  document.body.append(status);

  const put = (next) => {
    const { id } = document.activeElement;
    for (const name of ["lang", "dir", "data-digits"]) {
      const value = next.documentElement.getAttribute(name);
      if (value === null) html.removeAttribute(name);
      else html.setAttribute(name, value);
    }
    document.head.querySelectorAll(HEAD).forEach((element) => element.remove());
    document.head.append(...next.head.querySelectorAll(HEAD));
    for (const name of AROUND) document.querySelector(name)?.replaceWith(next.querySelector(name) ?? "");
    // The script that opens pictures large holds on to their place: it keeps its elements.
    const words = next.querySelectorAll("dialog button");
    document.querySelectorAll("dialog button").forEach((button, place) => {
      button.textContent = words[place].textContent;
    });
    document.getElementById(id)?.focus({ preventScroll: true });
    // The languages may have been in a menu, which is closed now.
    if (id && document.activeElement === document.body) document.querySelector("#languages button")?.focus();
    status.textContent = document.title;
    document.dispatchEvent(new Event("slideshow:language"));
  };
  const show = async (address, isNew) => {
    const own = latest = {};
    const response = await fetch(address, {
      headers: { Accept: "text/html", "Slideshow-Read": "1" }, signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw response.status;
    const text = await response.text();
    if (own !== latest) return; // another language was asked for meanwhile
    if (isNew) history.pushState(null, "", address);
    shown = location.pathname;
    put(new DOMParser().parseFromString(text, "text/html"));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#languages a[hreflang]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || location.protocol === "file:") return;
    event.preventDefault();
    link.classList.add("htmx-request"); // the sign that a change is on its way
    show(link.href, true).catch(() => location.assign(link.href));
  });
  addEventListener("popstate", () => {
    if (location.pathname !== shown) show(location.href).catch(() => location.reload());
  });
})();
