// <slide-show src="ADDRESS"><a href="ADDRESS">The story</a></slide-show>, where ADDRESS is that of
// a slide, puts the slideshow into the page, as high as its text. It needs no other file.
(() => {
  if (customElements.get("slide-show")) return;

  // The one script that knows the shape of addresses, to which a test holds it: a host page has
  // nothing else to ask, as a publisher pastes the address of any page of a story, and the element
  // makes its frame's of it.
  // Below any path: /<lang>/<story>/ and, perhaps, <position>-<key>/ or all/; that of a frame too.
  const ADDRESS = /^(.*?)(?:\/embed)?(\/[a-z]{2,3}(?:-\w+)*\/[^/]+)(?:\/([1-9]\d*(?:-[^/]+)?|all))?\/?$/i;
  const EVENTS = ["ready", "slide", "language", "end"];

  // Inside the element's own tree, where no rule of the page for iframes reaches it. It asks for
  // all the width there is: places that shrink to what they hold would take an iframe for 300 px.
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { display: block }
    :host([hidden]) { display: none }
    iframe { display: block; box-sizing: border-box; width: 100vw; max-width: 100%; height: 420px; border: 0 }
  `);

  // The language of the nearest element around that names one, whatever shadow trees lie between.
  const languageAround = (element) => {
    for (let node = element.parentNode; node; node = node.parentNode ?? node.host) {
      const lang = node.getAttribute?.("lang");
      if (lang) return lang;
    }
    return null;
  };

  // What the frame shows and does of its own accord is for its scripts alone: no server is told.
  const wishes = (element) => {
    const found = new URLSearchParams();
    if (element.hasAttribute("controls")) found.set("controls", element.getAttribute("controls"));
    if (element.hasAttribute("autoplay")) found.set("autoplay", "");
    return `${found}`;
  };

  const frameAddress = (address, theme, hash) => {
    const url = URL.canParse(address, document.baseURI) && new URL(address, document.baseURI);
    const parts = url && /^https?:$/.test(url.protocol) && ADDRESS.exec(url.pathname);
    if (!parts) return null;
    const [, path, story, slide = "all"] = parts;
    // Not by a relative address: a path that starts with // or \\ would name another origin.
    return Object.assign(url, {
      pathname: `${path}/embed${story}/${slide.toLowerCase() === "all" ? 1 : slide}/`,
      search: theme === "light" || theme === "dark" ? `theme=${theme}` : "",
      hash,
      username: "",
      password: "",
    });
  };

  class SlideShow extends HTMLElement {
    static observedAttributes = ["src", "theme", "width", "lang", "controls", "autoplay"];

    #frame;
    #origin;
    #url; // of the slide shown last: where to go on after a move within the page
    #waiting = []; // commands for a frame that is not ready; undefined once it is
    #lang; // of the page around, or of the attribute
    #wanted; // the language to show, as far as the story has it
    #observer = new MutationObserver(() => this.#follow());

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    }

    connectedCallback() {
      addEventListener("message", this.#hear);
      for (let root = this.getRootNode(); root; root = root.host?.getRootNode()) {
        this.#observer.observe(root, { subtree: true, attributeFilter: ["lang"] });
      }
      this.#show();
      this.#follow();
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
      this.#observer.disconnect();
      this.#frame = undefined;
      this.#waiting = [];
      this.shadowRoot.replaceChildren();
    }

    attributeChangedCallback(name, before, after) {
      if (before === after) return;
      if (name === "lang") return; // the observer sees it too
      if (name === "src") this.#url = undefined;
      if (this.shadowRoot.firstChild) this.#show(); // else it is shown once it is in the page
    }

    next() { this.#tell("next"); }

    previous() { this.#tell("previous"); }

    go(position) { this.#tell("go", position); }

    language(tag) { this.#tell("language", undefined, tag); }

    #follow() {
      const own = this.getAttribute("lang");
      const lang = own && own !== "auto" ? own : languageAround(this);
      if (lang && lang !== this.#lang) this.language(lang);
      this.#lang = lang;
    }

    #show() {
      const from = this.#url ?? this.getAttribute("src");
      const address = frameAddress(from, this.getAttribute("theme"), wishes(this));
      if (!address) { // what stands inside the element goes on to show
        this.#frame = undefined;
        this.shadowRoot.replaceChildren(document.createElement("slot"));
        return;
      }
      this.#origin = address.origin;
      this.#waiting ??= [];
      this.#frame = document.createElement("iframe");
      this.#frame.loading = "lazy";
      this.#frame.allow = "fullscreen";
      this.#frame.src = address.href;
      this.#frame.style.maxWidth = `min(100%, ${this.getAttribute("width")}px)`;
      this.#name();
      this.shadowRoot.replaceChildren(this.#frame);
    }

    #name() {
      this.#frame.title = this.title || this.textContent.trim() || "Slideshow";
    }

    #tell(command, position, language) {
      const message = { namespace: "slideshow", command, position, language };
      if (language) this.#wanted = language;
      if (this.#waiting) {
        this.#waiting.push(message);
        if (this.#frame && !language) this.#frame.loading = "eager";
      } else this.#frame?.contentWindow.postMessage(message, this.#origin);
    }

    #hear = ({ source, origin, data }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.#origin) return;
      if (data?.namespace !== "slideshow" || data.version !== 1) return;
      const { event, height, story, position, total, lang, url } = data;
      if (URL.canParse(url) && new URL(url).origin === origin) this.#url = url;
      if (height > 0) this.#frame.style.height = `${height}px`;
      if (event === "ready") {
        this.#name(); // its link may not have been there when the element came
        const waiting = this.#waiting ?? [];
        this.#waiting = undefined;
        // Also after a load of the frame's own, which the page around did not ask for.
        if (this.#wanted) this.#tell("language", undefined, this.#wanted);
        for (const message of waiting) this.#frame.contentWindow.postMessage(message, this.#origin);
      }
      if (event === "language") this.#wanted = lang; // the reader's choice, if it was not ours
      if (!EVENTS.includes(event)) return;
      const detail = { story, position, total, lang, url };
      this.dispatchEvent(new CustomEvent(`slideshow:${event}`, { bubbles: true, detail }));
    };
  }

  customElements.define("slide-show", SlideShow);
})();
