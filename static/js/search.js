// The search of an exported site. It reads which stories have the words, then those stories.
const form = document.querySelector("form.search");
const field = form.querySelector("input");
const list = document.getElementById("stories");
const title = document.getElementById("title");
const said = document.getElementById("found");
const shelf = { list: [...list.childNodes], title: title.textContent, document: document.title };
const DELAY = 250; // ms without a key
const MOST_STORIES = 20;
const { weights: WEIGHTS, perFile: STORIES_PER_FILE } = form.dataset; // as the files have them
const SLIDES_PER_STORY = 3;
const MOST_LETTERS = 220; // of an excerpt
const LETTERS_BEFORE = 60;

// As slideshow/story/words.py has them.
const UNSPACED = "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ece\\u0f40-\\u0fbc\\u1000-\\u103f\\u1100-\\u11ff\\u1780-\\u17d3"
  + "\\u3005-\\u3007\\u3031-\\u3035\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf"
  + "\\u4e00-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
const MARKS = "\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1-\\u05c7\\u0610-\\u061a\\u064b-\\u065f"
  + "\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u0900-\\u0963\\u0966-\\u0dff\\u200c\\u200d";
const IGNORED = /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]/gu;
const RUN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}]|[${MARKS}])+`, "gu");
const isUnspaced = (text) => new RegExp(`^[${UNSPACED}]`, "u").test(text);
const ALIKE = { œ: "oe", æ: "ae", ø: "o", đ: "d", ł: "l", ﬁ: "fi", ﬂ: "fl" };
// Unicode's case folding, which no method of strings has: ß is ss, ς is σ, Cherokee is upper case.
const caseFold = (text) => text.replaceAll("ẞ", "ß").toUpperCase().toLowerCase().replaceAll("ς", "σ")
  .replace(/\p{Script=Cherokee}/gu, (letter) => letter.toUpperCase());
const fold = (text) => caseFold(text)
  .replace(/[œæøđłﬁﬂ０-９ａ-ｚ]/gu, (letter) => ALIKE[letter] ?? String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
  .normalize("NFD").replace(IGNORED, "").normalize("NFC");
const wordsOf = (text) => [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
  if (!isUnspaced(run)) return [{ word: fold(run), start: index, end: index + run.length }];
  const letters = [...run];
  let start = index;
  return letters.map((letter, place) => {
    const pair = letter + (letters[place + 1] ?? "");
    const found = { word: fold(pair), start, end: start + pair.length };
    start += letter.length;
    return found;
  });
}).filter(({ word }) => word);
const phraseOf = (written, isClosed) => {
  const words = wordsOf(written);
  if (!words.length) return [];
  const last = words.at(-1);
  if (!isUnspaced(written.slice(last.start))) {
    return [{ words: words.map(({ word }) => word), isOpen: !isClosed && [...last.word].length > 1 }];
  }
  const isPair = words.length > 1 && words.at(-2).end === last.end;
  return [{ words: (isPair ? words.slice(0, -1) : words).map(({ word }) => word), isOpen: !isPair }];
};
const phrasesOf = (search) => {
  const parts = search.normalize("NFC").matchAll(/["“”„«»]([^"“”„«»]*)(["“”„«»]?)|([^\s"“”„«»]+)/gu);
  const phrases = [...parts].flatMap(([, quoted, end, word]) => phraseOf(quoted || word || "", Boolean(end)));
  return [...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values()];
};

const read = new Map();
const file = (address, number) => {
  const path = address.replace("-0.", `-${number}.`);
  if (!read.has(path)) {
    const asked = fetch(path).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));
    asked.catch(() => read.delete(path));
    read.set(path, asked);
  }
  return read.get(path);
};
const fileOf = (word) => {
  const beginning = [...word].slice(0, isUnspaced(word) ? 1 : 2);
  return beginning.reduce((sum, letter) => 31 * sum + letter.codePointAt(0), 0) % form.dataset.files;
};

// The numbers of the stories that have each word of each phrase, the best first.
const found = async (phrases) => {
  let weights;
  for (const { words, isOpen } of phrases) {
    for (const [place, word] of words.entries()) {
      const goesOn = isOpen && place === words.length - 1;
      const own = new Map();
      for (const [key, stories] of Object.entries(await file(form.dataset.words, fileOf(word)))) {
        if (key !== word && !(goesOn && key.startsWith(word))) continue;
        for (const each of stories) {
          const story = Math.floor(each / WEIGHTS);
          own.set(story, Math.max(own.get(story) ?? 0, each % WEIGHTS));
        }
      }
      const before = weights;
      weights = before ? new Map([...own].filter(([story]) => before.has(story))) : own;
      for (const [story, weight] of weights) weights.set(story, weight + (before?.get(story) ?? 0));
    }
  }
  return [...weights].sort(([a, one], [b, other]) => other - one || a - b).map(([story]) => story);
};

// The places of each phrase in a text.
const search = (text, phrases) => {
  const words = wordsOf(text);
  const places = phrases.map((phrase) => words.flatMap(({ start }, first) => {
    const last = words[first + phrase.words.length - 1];
    const isThere = last && phrase.words.every((word, place) => {
      const there = words[first + place].word;
      return phrase.isOpen && place === phrase.words.length - 1 ? there.startsWith(word) : there === word;
    });
    return isThere ? [{ start, end: last.end }] : [];
  }));
  const spans = places.flat().sort((one, other) => one.start - other.start);
  return { text, words, places, spans, count: places.filter((each) => each.length).length };
};
// A text cut around its first mark, as nodes.
const excerpt = ({ text, words, spans }, most = text.length) => {
  let [start, end] = [0, text.length];
  if (end > most) {
    start = Math.max(0, Math.min((spans[0]?.start ?? 0) - LETTERS_BEFORE, end - most));
    end = words.findLast((word) => word.end <= start + most)?.end ?? end;
    start = start && (words.find((word) => word.start >= start)?.start ?? start);
  }
  const nodes = [start ? "… " : ""];
  let place = start;
  for (const span of spans) {
    if (span.start < place || span.end > end) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(span.start, span.end);
    nodes.push(text.slice(place, span.start), mark);
    place = span.end;
  }
  return [...nodes, text.slice(place, end), end < text.length ? " …" : ""];
};
// The browser marks the words on the slide, until one goes on.
const fragment = (texts, phrases) => {
  const marks = phrases.flatMap((_, number) => {
    const there = texts.find(({ places }) => places[number].length);
    if (!there) return [];
    const { start, end } = there.places[number][0];
    return [`text=${encodeURIComponent(there.text.slice(start, end)).replaceAll("-", "%2D")}`];
  });
  return marks.length ? `#:~:${marks.join("&")}` : "";
};

// No-break spaces stay.
const inOneLine = (text) => text.normalize("NFC").replace(/[ \t\r\n]+/gu, " ").trim();
const textOf = (element) => {
  if (!element.matches("figure")) return inOneLine(element.textContent);
  const words = [...element.querySelectorAll("img")].map(({ alt }) => alt);
  words.push(...[...element.querySelectorAll("figcaption > *")].map((part) => inOneLine(part.textContent)));
  return [...new Set(words)].join(" ");
};
const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};
const link = (href, content) => Object.assign(element("a", ...content), { href });

// A whole story, whose first page is followed by others if it is long.
const pageAt = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw answer;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector(".pages a[rel=next]")?.getAttribute("href");
  const rest = next ? await pageAt(next) : undefined;
  page.getElementById("slide").append(...(rest?.querySelectorAll("#slide > section") ?? []));
  return page;
};
// A story whose page has the phrases, as an item of the list; none if they only seemed to be there.
const item = async ([cover, whole, slide, places], phrases) => {
  const page = await pageAt(whole);
  const main = page.getElementById("slide");
  const name = search(textOf(main.querySelector("h1")), phrases);
  const lead = [...main.querySelectorAll(":scope > :is(p, .paragraph):not(.actions, .printed, .byline, .notice)")];
  const slides = [...main.querySelectorAll(":scope > section")].map((section, index) => {
    const texts = [...section.querySelectorAll(":scope > :not(h2, figure)"), ...section.querySelectorAll(":scope > figure")];
    return {
      address: slide.replace("{slide}", encodeURI(places.split(" ")[index])),
      heading: search(inOneLine(section.querySelector("h2")?.textContent ?? ""), phrases),
      texts: texts.map((text) => search(textOf(text), phrases)),
    };
  });
  slides.unshift({ address: cover, heading: name, texts: lead.map((text) => search(textOf(text), phrases)) });
  for (const each of slides) {
    each.all = [...each.texts, each.heading];
    each.count = phrases.filter((_, number) => each.all.some(({ places }) => places[number].length)).length;
  }
  const most = Math.max(...slides.map(({ count }) => count));
  if (!most) return null;
  const [first, ...others] = slides;
  const made = element("li", link(cover, excerpt(name)));
  const inside = element("ul");
  inside.className = "slides";
  inside.setAttribute("role", "list");
  for (const each of [first, ...others].filter(({ count }) => count === most).slice(0, SLIDES_PER_STORY + 1)) {
    const text = each.texts.toSorted((one, other) => other.count - one.count)[0];
    const words = text?.count ? [element("p", ...excerpt(text, MOST_LETTERS))] : [];
    if (each === first) made.append(...words);
    else inside.append(element("li", link(each.address + fragment(each.all, phrases), excerpt(each.heading.text ? each.heading : name)), ...words));
  }
  if (inside.firstChild) made.append(inside);
  made.lang = page.documentElement.lang;
  made.dir = page.documentElement.dir || "ltr";
  return made;
};

let latest;
const show = (content, words = "") => {
  list.replaceChildren(...content);
  title.textContent = words ? form.dataset.title.replace("{words}", words) : shelf.title;
  document.title = words ? title.textContent : shelf.document;
};
const run = async () => {
  const words = field.value.trim();
  const own = latest = {};
  said.textContent = "";
  const address = new URL(location.href);
  address.searchParams.delete("q");
  if (words) address.searchParams.set("q", words);
  history.replaceState(history.state, "", address);
  if (!words) return show(shelf.list);
  try {
    const phrases = phrasesOf(words);
    const numbers = phrases.length ? (await found(phrases)).slice(0, MOST_STORIES) : [];
    const items = await Promise.all(numbers.map(async (number) => {
      const stories = await file(form.dataset.stories, Math.floor(number / STORIES_PER_FILE));
      return item(stories[number % STORIES_PER_FILE], phrases);
    }));
    if (own !== latest) return;
    const stories = Object.assign(element("ul", ...items.filter(Boolean)), { className: "stories" });
    stories.setAttribute("role", "list");
    show([stories], words);
    said.textContent = stories.firstChild ? title.textContent : form.dataset.none;
  } catch {
    if (own === latest) said.textContent = form.dataset.failed;
  }
};

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(run, DELAY);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  run();
});
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) run();

export { fold, phrasesOf, wordsOf };
