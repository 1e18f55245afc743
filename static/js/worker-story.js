// Keeps the whole story of a page that was opened: the first time, and when it has changed. The
// page of the whole story lists the addresses of all the others.
const MOST_SLIDES = 120; // of a very long story, from the one that is read on
const LONGEST = 500; // slides; the whole of a longer story would be megabytes
const FRESH = { cache: "no-cache", priority: "low" };

const refresh = async (kind, path, options) => {
  const response = await fetch(root + path, options);
  await keep(kind, path, response.clone());
  return response;
};

const listed = (name, text) => {
  const [, list = ""] = RegExp(`data-${name}="([^"]*)"`).exec(text) ?? [];
  return list.split(" ").filter(Boolean).map(pathOf);
};

const pagesOf = (page, text) => {
  const slides = listed("slides", text);
  const from = Math.max(0, slides.indexOf(page));
  return [...slides.slice(from), ...slides.slice(0, from)].slice(0, MOST_SLIDES)
    .concat(listed("around", text));
};

const filesOf = (text) => [...text.matchAll(/"([^"]*\/static\/[^"]+\.(?:js|css|svg))"/g)]
  .map(([, address]) => pathOf(address));

const keepMissing = async (kind, paths) => {
  for (const path of paths) {
    if (folderOf(path) in FOLDERS && !await find(kind, path)) {
      await refresh(kind, path, { priority: "low" });
    }
  }
};

// One after the other, so that nothing the reader asks for has to wait.
const keepStory = async (opened, all) => {
  const whole = await fetch(root + all, FRESH);
  if (!whole.ok) return;
  const text = await whole.clone().text();
  const isChanged = text !== await (await find("stories", all))?.text();
  const keepPage = async (kind, page) => {
    if (!isChanged && page !== opened && await find(kind, page)) return;
    await keepMissing("files", filesOf(await (await refresh(kind, page, FRESH)).text()));
  };
  for (const page of pagesOf(opened, text)) await keepPage("pages", page);
  for (const page of listed("offline", text)) await keepPage("offline", page);
  await keep("stories", all, whole); // last: what was interrupted is done again
  return text;
};

// The story in the other languages that the reader's browser asks for.
const otherLanguages = (text) => {
  const wishes = navigator.languages.map((tag) => tag.split("-")[0]);
  return [...text.matchAll(/hreflang="(\w+)[^"]*" href="([^"]+)"/g)]
    .filter(([, language]) => wishes.includes(language))
    .map(([, , address]) => pathOf(address));
};

const keepOpened = async ({ page, whole, pictures, total, story, position, isBrief }) => {
  const place = { href: page, position };
  if (position) await (await open("places")).put(root + story, Response.json(place));
  if (!isBrief) await keepMissing("pictures", pictures.map(pathOf));
  if (!isBrief && whole && !(total > LONGEST)) {
    const text = await keepStory(pathOf(page), pathOf(whole));
    for (const path of text ? otherLanguages(text) : []) {
      if (path !== pathOf(whole)) await keepStory("", path);
    }
  }
  await trim();
};

addEventListener("message", (event) => {
  // Without a network, or with a full disk, there is the next time.
  event.waitUntil(keepOpened(event.data).catch(() => {}));
});
