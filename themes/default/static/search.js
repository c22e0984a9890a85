// Searches the site in the browser: loads the few files of its index that a query needs. The index and how it is
// written are told in digest/rendering/search_index.py, how words are read in digest/formats/search_words.py; words()
// here does the same. All texts that a reader sees stand in the page.

const ACCENTS =
  "\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc";
const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", ى: "ي", ة: "ه" };
const LOOSE = new RegExp(`[${ACCENTS}${Object.keys(LETTERS).join("")}]`, "gu");
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const UNSPACED_RUN = new RegExp(`^[${UNSPACED}]`, "u");
const MOST_PARTS = 20; // of a query
const WORD = /[\p{L}\p{N}\p{M}]{1,40}/gu;

function fold(text) {
  const loose = text.normalize("NFKD").toLowerCase();
  return loose.replace(LOOSE, (sign) => LETTERS[sign] ?? "").normalize("NFKC");
}

// The words of a text; those of a query have no last sign alone, which would ask for less than the pair before it.
export function words(text, asked = false) {
  const found = [];
  for (const [word] of fold(text).matchAll(WORD))
    for (const [run] of word.matchAll(RUN)) {
      const signs = UNSPACED_RUN.test(run) ? [...run] : [];
      for (let place = 0; place + 1 < signs.length; place++) found.push(signs[place] + signs[place + 1]);
      if (!signs.length) found.push(run);
      else if (!asked || signs.length === 1) found.push(signs.at(-1));
    }
  return found;
}

// The index

class Index {
  constructor(folder) {
    this.folder = folder;
    this.files = new Map();
  }

  load(name) {
    if (!this.files.has(name)) {
      const options = name === "index.json" ? { cache: "no-cache" } : {};
      const file = fetch(this.folder + name, options).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      });
      file.catch(() => this.files.delete(name));
      this.files.set(name, file);
    }
    return this.files.get(name);
  }

  async open() {
    this.manifest = await this.load("index.json");
    this.common = new Set(this.manifest.common);
    return this;
  }

  // Every word that begins so, with its postings; of very many no more than `most` files are looked through.
  async wordsFrom(start, most = 4) {
    const { terms } = this.manifest;
    let first = lastBefore(terms, start);
    const names = [];
    do names.push(`terms-${terms[first]?.[1]}.json`);
    while (++first < terms.length && names.length < most && terms[first][0].startsWith(start));
    const found = [];
    for (const shard of terms.length ? await Promise.all(names.map((name) => this.load(name))) : [])
      for (const entry of Object.entries(shard)) if (entry[0].startsWith(start)) found.push(entry);
    return found;
  }

  async facet(name) {
    const mark = this.manifest.facets[name];
    const values = mark ? await this.load(`facet-${name}-${mark}.json`) : [];
    return values.map(([value, steps]) => {
      let place = 0;
      return [value, steps.map((step) => (place += step))];
    });
  }

  async entry(number) {
    const { texts } = this.manifest;
    const at = lastBefore(texts, number);
    const rows = await this.load(`texts-${texts[at][1]}.json`);
    const [href, title, authors, names, day, dayText, language, text] = rows[number - texts[at][0]];
    return { href, title, authors, names, day, dayText, language, text };
  }
}

// Where in a list of [first, …] the thing stands: the last that begins no later.
function lastBefore(list, thing) {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle][0] <= thing) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The query

function parse(query) {
  const parts = [];
  for (const [, minus, phrase, plain] of query.replace(/[“”„«»]/g, '"').matchAll(/(?<!\S)(-?)(?:"([^"]+)"?|([^\s"]+))/g)) {
    const found = words(phrase ?? plain, true);
    if (found.length) parts.push({ not: minus === "-", phrase: phrase !== undefined && found.length > 1, words: found });
  }
  return parts.slice(0, MOST_PARTS);
}

// How many letters part two words, neighbours swapped counting once; more than `most` is Infinity.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        now[column] = Math.min(now[column], before[column - 2] + 1);
    }
    if (Math.min(...now) > most) return Infinity;
    [before, last] = [last, now];
  }
  return last[other.length] <= most ? last[other.length] : Infinity;
}

// The words of the index that one word asks for, each with how much it counts: itself, its longer forms, its singular;
// where there is none, the nearest that is written similarly.
async function meant(index, word, exact) {
  const from = await index.wordsFrom(word);
  const itself = from.filter(([other]) => other === word);
  if (exact) return { terms: itself.map((term) => [...term, 1]) };
  const begins = word.length > 3 || (word.length < 3 && UNSPACED_RUN.test(word)) || !itself.length;
  const terms = (begins ? from : itself).map((term) => [...term, term[0] === word ? 1 : 0.6]);
  if (word.length > 3 && word.endsWith("s")) {
    const singular = word.slice(0, -1);
    for (const term of await index.wordsFrom(singular, 1)) if (term[0] === singular) terms.push([...term, 0.8]);
  }
  if (terms.length || word.length < 4) return { terms };
  const most = word.length < 8 ? 1 : 2;
  const near = [];
  for (const term of await index.wordsFrom(word.slice(0, 2), 8)) {
    const apart = distance(word, term[0], most);
    if (apart < Infinity) near.push([apart, term]);
  }
  near.sort((one, other) => one[0] - other[0] || other[1][1].length - one[1][1].length);
  const nearest = near.filter(([apart]) => apart === near[0][0]).slice(0, 3);
  return { terms: nearest.map(([, term]) => [...term, 0.5]), instead: nearest.map(([, term]) => term[0]) };
}

// The entries of one word, each with what it adds to the rank.
function weigh(terms, total) {
  const weights = new Map();
  for (const [, steps, factor] of terms) {
    let place = 0;
    for (const step of steps) {
      place += step >> 4;
      weights.set(place, Math.max(weights.get(place) ?? 0, (step & 15) * factor));
    }
  }
  const rare = Math.log(1 + (total - weights.size + 0.5) / (weights.size + 0.5));
  for (const [place, weight] of weights) weights.set(place, weight * rare);
  return weights;
}

// The entries that a query finds, best first, and what is to be told about it.
async function find(index, query) {
  const parts = parse(query);
  const total = index.manifest.entries;
  const told = [];
  const marks = new Set();
  const wanted = [];
  const unwanted = new Set();
  // What nearly all entries say parts none from the others, unless nothing else is asked.
  const isTelling = (word) => !index.common.has(word);
  const isTold = parts.some((part) => !part.not && part.words.some(isTelling));
  await Promise.all(
    parts.map(async (part) => {
      const rare = [...new Set(part.words)].filter((word) => part.not || !isTold || isTelling(word));
      const lists = await Promise.all(rare.map((word) => meant(index, word, part.phrase || part.not)));
      if (part.not) {
        const every = lists.map(({ terms }) => weigh(terms, total));
        for (const place of every[0]?.keys() ?? []) if (every.every((one) => one.has(place))) unwanted.add(place);
        return;
      }
      part.words.forEach((word) => marks.add(word));
      lists.forEach(({ terms, instead }, at) => {
        if (instead?.length) told.push(["instead", { word: rare[at], others: instead.join(", ") }]);
        for (const word of instead ?? []) marks.add(word);
        if (rare[at].length > 3 && rare[at].endsWith("s")) marks.add(rare[at].slice(0, -1));
        wanted.push(weigh(terms, total));
      });
    }),
  );
  const counts = new Map();
  const ranks = new Map();
  for (const one of wanted)
    for (const [place, weight] of one) {
      counts.set(place, (counts.get(place) ?? 0) + 1);
      ranks.set(place, (ranks.get(place) ?? 0) + weight);
    }
  let places = wanted.length ? [...ranks.keys()] : Array.from({ length: total }, (_, place) => place);
  const whole = places.filter((place) => !wanted.length || counts.get(place) === wanted.length);
  const phrases = parts.filter((part) => part.phrase && !part.not).map((part) => part.words);
  if (whole.length || phrases.length) places = whole;
  else if (places.length) told.push(["some", {}]);
  places = places.filter((place) => !unwanted.has(place));
  places.sort(
    (one, other) =>
      (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || (ranks.get(other) ?? 0) - (ranks.get(one) ?? 0) || other - one,
  );
  return { places, marks: [...marks], phrases, told };
}

function hasPhrases(entry, phrases) {
  const texts = [entry.title, entry.text, ...entry.authors, ...entry.names].map((text) => ` ${words(text).join(" ")} `);
  return phrases.every((phrase) => texts.some((text) => text.includes(` ${phrase.join(" ")} `)));
}

// Showing

// The parts of a text, each with whether it was asked for.
function mark(text, marks) {
  const parts = [];
  const add = (part, hit) => {
    if (!part) return;
    if (parts.length && parts.at(-1)[1] === hit) parts.at(-1)[0] += part;
    else parts.push([part, hit]);
  };
  const isHit = (word) => marks.some((one) => (one.length > 2 ? word.startsWith(one) : word === one));
  let last = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    add(text.slice(last, index), false);
    last = index + word.length;
    for (const [run] of word.matchAll(RUN)) {
      if (!UNSPACED_RUN.test(run)) {
        add(run, isHit(fold(run)));
        continue;
      }
      const signs = [...run];
      const hits = signs.map((sign) => marks.includes(fold(sign)));
      signs.forEach((sign, at) => {
        if (marks.includes(fold(sign + (signs[at + 1] ?? "")))) hits[at] = hits[at + 1] = true;
      });
      signs.forEach((sign, at) => add(sign, hits[at]));
    }
  }
  add(text.slice(last), false);
  return parts;
}

function show(element, parts) {
  element.replaceChildren(
    ...parts.map(([text, hit]) => {
      if (!hit) return text;
      const marked = document.createElement("mark");
      marked.textContent = text;
      return marked;
    }),
  );
}

// The stretch of a text that says most about the query.
function clip(parts, length = 280) {
  const text = parts.map(([part]) => part).join("");
  let place = 0;
  const hits = [];
  for (const [part, hit] of parts) {
    if (hit) hits.push([place, part.toLowerCase()]);
    place += part.length;
  }
  let best = [0, 0];
  hits.forEach(([start], at) => {
    const near = hits.slice(at, at + 12).filter(([other]) => other < start + length - 60);
    const different = new Set(near.map(([, word]) => word)).size;
    if (different > best[0]) best = [different, start];
  });
  let from = best[1] < 80 ? 0 : best[1] - 60;
  if (from) from = Math.max(from, text.indexOf(" ", from) < best[1] ? text.indexOf(" ", from) + 1 : 0);
  let to = Math.min(text.length, from + length);
  if (to < text.length) to = text.lastIndexOf(" ", to) > from + length / 2 ? text.lastIndexOf(" ", to) : to;
  const shown = [];
  place = 0;
  for (const [part, hit] of parts) {
    const piece = part.slice(Math.max(0, from - place), Math.max(0, to - place));
    if (piece) shown.push([piece, hit]);
    place += part.length;
  }
  if (from) shown.unshift(["…\u00a0", false]);
  if (to < text.length) shown.push(["\u00a0…", false]);
  return shown;
}

// The page

const PAGE = 10;
const form = document.querySelector("form[data-index]");
if (form) start(form);

function start(form) {
  const index = new Index(form.dataset.index);
  const field = form.elements.q;
  const status = document.getElementById("search.status");
  const list = document.getElementById("search.results");
  const more = document.getElementById("search.more");
  const clear = form.querySelector("[type=reset]");
  const template = document.getElementById("search.result");
  const choice = document.getElementById("search.choice");
  const boxes = [...form.querySelectorAll("details[data-facet]")];
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const say = (name, values = {}) => form.dataset[name].replace(/%\((\w+)\)s/g, (_, key) => values[key]);
  const chosen = new Map(boxes.map((box) => [box.dataset.facet, new Set()]));
  let turn = 0;
  let state = null; // what is shown: the entries found, how far they were looked at
  let timer = 0;

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    form.elements.sort.value = asked.get("sort") === "new" ? "new" : "";
    for (const [name, values] of chosen) {
      values.clear();
      asked.getAll(name).forEach((value) => values.add(value));
    }
    boxes.forEach(nameChosen);
  }

  function nameChosen(box) {
    const values = [...chosen.get(box.dataset.facet)];
    box.querySelector("summary bdi").textContent = values.map((value) => label(box, value)).join(", ");
  }

  const label = (box, value) => box.dataset[`label${value[0]?.toUpperCase()}${value.slice(1)}`] ?? value;

  function writeAddress(push) {
    const asked = new URLSearchParams();
    if (field.value.trim()) asked.set("q", field.value.trim());
    for (const [name, values] of chosen) values.forEach((value) => asked.append(name, value));
    if (form.elements.sort.value) asked.set("sort", form.elements.sort.value);
    const address = location.pathname + (`${asked}` && `?${asked}`);
    if (address === location.pathname + location.search) return;
    history[push ? "pushState" : "replaceState"](null, "", address);
  }

  async function search(shown = PAGE, again = true) {
    clearTimeout(timer);
    const mine = ++turn;
    list.ariaBusy = "true";
    const filtered = [...chosen.values()].some((values) => values.size);
    clear.hidden = !filtered;
    const isAsked = filtered || field.value.trim();
    if (!isAsked && !boxes.some((box) => box.open)) return display(null, mine, "");
    const waiting = setTimeout(() => mine === turn && isAsked && (status.textContent = say("waiting")), 400);
    try {
      await index.open();
      const found = isAsked ? await find(index, field.value) : { places: [], marks: [], phrases: [], told: [] };
      const kept = new Map();
      for (const [name, values] of chosen) if (values.size) kept.set(name, await placesOf(name, values));
      await Promise.all(boxes.map((box) => box.open && fill(box, isAsked ? found : null, kept, () => mine === turn)));
      if (mine !== turn) return;
      const places = found.places.filter((place) => [...kept.values()].every((one) => one.has(place)));
      if (form.elements.sort.value || !field.value.trim()) places.sort((one, other) => other - one);
      const called = form.elements.sort.value ? "" : ` ${words(field.value, true).join(" ")} `;
      await display(isAsked ? { ...found, called, places, next: 0, shown: 0 } : null, mine, "", shown);
    } catch (error) {
      index.files.clear();
      if (mine !== turn) return;
      if (again) await search(shown, false); // the site may have been renewed meanwhile
      else await display(null, mine, say("failed"));
    } finally {
      clearTimeout(waiting);
    }
  }

  async function placesOf(name, values) {
    const facet = await index.facet(name);
    return new Set(facet.filter(([value]) => values.has(value)).flatMap(([, places]) => places));
  }

  async function display(found, mine, text, shown = PAGE) {
    state = found;
    const items = found ? await take(shown) : [];
    if (mine !== turn) return;
    list.replaceChildren(...items);
    list.ariaBusy = "false";
    tell(text);
  }

  // Whether the title of an entry says the query as it stands: of the first, those are what was looked for.
  const isCalled = (entry) => ` ${words(entry.title).join(" ")} `.includes(state.called);

  // The next results as elements; phrases are looked for in the texts only now.
  async function take(most) {
    const items = [];
    while (items.length < most && state.next < state.places.length) {
      const some = state.places.slice(state.next, state.next + (state.phrases.length ? 20 : most - items.length));
      const entries = await Promise.all(some.map((place) => index.entry(place)));
      if (!state.next && state.called) entries.sort((one, other) => isCalled(other) - isCalled(one));
      for (const entry of entries) {
        if (items.length === most) break;
        state.next++;
        if (hasPhrases(entry, state.phrases)) items.push(draw(entry));
      }
    }
    state.shown += items.length;
    return items;
  }

  function draw(entry) {
    const item = template.content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = entry.href;
    show(link, mark(entry.title, state.marks));
    const time = item.querySelector("time");
    time.dateTime = entry.day;
    time.textContent = entry.dayText;
    show(item.querySelector("[data-authors]"), mark(nameAuthors(entry.authors), state.marks));
    show(item.querySelector("[data-text]"), clip(mark(entry.text, state.marks)));
    if (entry.language) item.querySelector("article").lang = entry.language;
    return item;
  }

  // The first names, and those that were asked for.
  function nameAuthors(authors) {
    const named = authors.filter((name, at) => at < 5 || words(name).some((word) => state.marks.includes(word)));
    return named.slice(0, 12).join(", ") + (named.length < authors.length ? "\u00a0…" : "");
  }

  function tell(text) {
    const rest = state ? state.places.length - state.next : 0;
    more.hidden = !rest;
    if (state) {
      const number = state.phrases.length ? state.shown : state.places.length;
      const said = !number ? say("none") : say(state.phrases.length && rest ? "least" : "found", { number: numbers.format(number) });
      text = [...state.told.map(([name, values]) => say(name, values)), said].join(" ");
    }
    status.textContent = text;
  }

  // The values of a filter that would find something, the most frequent first; those chosen stay.
  async function fill(box, found, kept, isWanted) {
    const name = box.dataset.facet;
    const facet = await index.facet(name);
    if (!isWanted()) return;
    const isIn = new Uint8Array(index.manifest.entries);
    const others = [...kept].filter(([other]) => other !== name).map(([, places]) => places);
    for (const place of found?.places ?? isIn.keys()) isIn[place] = others.every((one) => one.has(place)) ? 1 : 0;
    const values = chosen.get(name);
    box.facet = facet
      .map(([value, places]) => ({ value, count: places.reduce((sum, place) => sum + isIn[place], 0) }))
      .filter(({ value, count }) => count || values.has(value));
    box.exact = !found?.phrases.length;
    lay(box);
  }

  function lay(box) {
    const values = chosen.get(box.dataset.facet);
    const narrow = box.querySelector("input[type=search]");
    narrow.parentElement.hidden = box.facet.length < 12;
    const part = fold(narrow.value.trim());
    const wanted = box.facet.filter(({ value }) => values.has(value) || fold(label(box, value)).includes(part));
    const byValue = box.dataset.facet === "year" ? (one, other) => (one.value < other.value ? 1 : -1) : () => 0;
    wanted.sort(
      (one, other) =>
        values.has(other.value) - values.has(one.value) || byValue(one, other) || other.count - one.count || (one.value < other.value ? -1 : 1),
    );
    const active = document.activeElement?.value;
    const within = box.querySelector("ul").contains(document.activeElement);
    box.querySelector("ul").replaceChildren(
      ...wanted.slice(0, 100).map(({ value, count }) => {
        const item = choice.content.cloneNode(true);
        const input = item.querySelector("input");
        input.value = value;
        input.name = box.dataset.facet;
        input.checked = values.has(value);
        item.querySelector("bdi").textContent = label(box, value);
        item.querySelector("[data-count]").textContent = box.exact ? numbers.format(count) : "";
        return item;
      }),
    );
    if (within) [...box.querySelectorAll("li input")].find((input) => input.value === active)?.focus();
  }

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => (writeAddress(false), search()), 180);
  });
  field.addEventListener("compositionend", () => (writeAddress(false), search()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    writeAddress(true);
    search();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    chosen.forEach((values) => values.clear());
    boxes.forEach(nameChosen);
    writeAddress(true);
    search();
    field.focus();
  });
  form.elements.sort.addEventListener("change", () => (writeAddress(true), search()));
  for (const box of boxes) {
    box.addEventListener("toggle", () => box.open && !box.facet && search(Math.max(PAGE, state?.shown ?? 0)));
    box.querySelector("input[type=search]").addEventListener("input", () => box.facet && lay(box));
    box.querySelector("input[type=search]").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    box.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox") return;
      chosen.get(box.dataset.facet)[target.checked ? "add" : "delete"](target.value);
      nameChosen(box);
      writeAddress(true);
      search();
    });
  }
  more.addEventListener("click", async () => {
    const mine = turn;
    const items = await take(PAGE).catch(() => []);
    if (mine !== turn) return;
    const before = list.children.length;
    list.append(...items);
    tell("");
    list.children[before]?.querySelector("a").focus();
    history.replaceState({ shown: state.shown }, "");
  });
  addEventListener("popstate", () => (readAddress(), search(history.state?.shown)));

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = [...list.querySelectorAll("h2 a")];
    const at = links.indexOf(target);
    let next = null;
    if (key === "/" && !target.closest("input, textarea, select, [contenteditable]")) next = field;
    else if (key === "ArrowDown" && (target === field || at >= 0)) next = links[at + 1];
    else if (key === "ArrowUp" && at >= 0) next = links[at - 1] ?? field;
    else if (key === "Escape" && at >= 0) next = field;
    else if (key === "Escape" && target === field && field.value) {
      field.value = "";
      writeAddress(false);
      search();
      next = field;
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (key === "/") field.select();
  });

  readAddress();
  search(history.state?.shown);
}
