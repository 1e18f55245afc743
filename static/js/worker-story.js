// Keeps the whole story of a page that was opened: the first time, and when it has changed.
const MOST_SLIDES = 120; // of a very long story, from the one that is read on
const LONGEST = 500; // slides; the whole of a longer story would be megabytes
const FRESH = { cache: "no-cache", priority: "low" };

const refresh = async (path, options) => {
  const response = await fetch(root + path, options);
  await keep(kindOf(path), path, response.clone());
  return response;
};

const pagesOf = ([, languages, language, slug, place], text) => {
  const story = `${languages}/${slug}/`;
  const total = Number(/data-total="(\d+)"/.exec(text)[1]);
  const from = Number(place) || 1;
  const slides = Array.from({ length: total }, (_, index) => (from - 1 + index) % total + 1);
  const others = [...text.matchAll(/hreflang="([\w-]+)"/g)].map(([, tag]) => tag);
  return [
    ...slides.slice(0, MOST_SLIDES).map((position) => `${story}${position}/`),
    story,
    `${story}all/`,
    `${language}/`,
    ...[...new Set([language, ...others])].map((tag) => `${tag}/offline.html`),
  ].filter((path) => PAGE.test(path));
};

const filesOf = (text) => [...text.matchAll(/"([^"]*\/static\/[^"]+\.(?:js|css|svg))"/g)]
  .map(([, address]) => pathOf(address));

const keepMissing = async (kind, paths) => {
  for (const path of paths) {
    if (kindOf(path) === kind && !await find(kind, path)) await refresh(path, { priority: "low" });
  }
};

// One after the other, so that nothing the reader asks for has to wait.
const keepStory = async (path) => {
  const match = PAGE.exec(path);
  if (!match?.[3]) return;
  const all = `${match[1]}/${match[3]}/all/`;
  const whole = await fetch(root + all, FRESH);
  if (!whole.ok) return;
  const text = await whole.clone().text();
  const isChanged = text !== await (await find("stories", all))?.text();
  for (const page of pagesOf(match, text)) {
    if (!isChanged && page !== path && await find("pages", page)) continue;
    await keepMissing("files", filesOf(await (await refresh(page, FRESH)).text()));
  }
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

const keepOpened = async ({ page, pictures = [], total }) => {
  await keepMissing("pictures", pictures.map(pathOf));
  if (page && !(total > LONGEST)) {
    const text = await keepStory(pathOf(page));
    for (const path of text ? otherLanguages(text) : []) await keepStory(path);
  }
  await trim();
};

addEventListener("message", (event) => {
  // Without a network, or with a full disk, there is the next time.
  event.waitUntil(keepOpened(event.data).catch(() => {}));
});
