/* The search: loaded when somebody asks. The best-known names answer first; sentences and whole texts come after. */
const MOST = 30;
const COMMON_GRAMS = 10;
const PLACE = 4.5; // the question names a place, and asks for something there
const WHOLE = 3; // below it, a name is or holds the question as it stands
const NAMED = new Set(["region", "unit", "plan", "page", "project"]);
// How far a kind stands back where it fits as well as others: targets and works first.
const BACK = { target: 0, work: 0, project: 0.3, page: 0.4, plan: 0.5, unit: 0.5, region: 0.5, indicator: 0.6 };

const even = (text) => text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
let spaced = false; // whether the site's language parts its words
const plain = (text) => {
  const kept = even(text).replace(/\.(?!\d)/g, "");
  return spaced ? kept.replace(/[^\p{L}\p{N}.]+/gu, " ").trim() : kept.replace(/[^\p{L}\p{N}.]/gu, "");
};
// A title without the year that stands in brackets at its end.
const core = (title) => plain(title.replace(/\s*\p{Ps}\d{4}[^\d\p{Ps}]?\p{Pe}$/u, ""));

/* The words of letters and digits of a text, and each two Chinese characters in a row: as the files have them. */
const grams = (text) => {
  const found = new Set();
  for (const [run] of even(text).matchAll(/(?:(?![\u3400-\u9fff])[\p{L}\p{N}])+(?:\.[0-9]+)*|[\u3400-\u9fff]+/gu)) {
    if (!/^[\u3400-\u9fff]/.test(run)) found.add(run);
    else for (let at = 0; at + 1 < run.length; at++) found.add(run.slice(at, at + 2));
  }
  return [...found];
};

const hash = (word) => {
  let value = 0x811c9dc5;
  for (const character of word) value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
  return value;
};

/* How much of a question a text holds: in words, or in pieces of two characters and more: [share, pieces]. */
const begins = (word, text) => text.startsWith(word) || text.includes(` ${word}`) || text.includes(`\n${word}`);
const cover = (asked, text) => {
  if (spaced) {
    const words = asked.split(" ");
    const held = words.filter((word) => begins(word, text)).length;
    return [held / words.length, held];
  }
  let at = 0, held = 0, pieces = 0;
  while (at + 1 < asked.length) {
    let long = 0;
    while (at + long < asked.length && text.includes(asked.slice(at, at + long + 1))) long++;
    if (long > 1) {
      held += long;
      pieces++;
      at += long;
    } else at++;
  }
  return [held / asked.length, pieces];
};

/* A question without a word of it. */
const without = (asked, word) => {
  if (!spaced) return asked.replace(word, "");
  return ` ${asked} `.replace(` ${word} `, " ").trim();
};

export class Search {
  constructor(root, first) {
    this.root = root;
    this.first = first;
    this.entries = [];
    this.shards = new Map();
  }

  /* Everything the first answer needs; what is left of the names and the sentences follow by themselves. */
  async open() {
    const first = await (this.first ?? names(this.root));
    Object.assign(this, { version: first.version, files: first.shards, kinds: first.kinds, labels: first.labels });
    spaced = Boolean(first.spaced);
    this.idle = first.idle.map(plain).sort((one, other) => other.length - one.length);
    this.absent = first.absent.map(([words, instead, near]) => ({ words, instead, near }));
    this._take(first.entries);
    this.rest = this._rest(first);
    return this;
  }

  async _file(name) {
    return (await fetch(new URL(`search/${name}?${this.version}`, this.root))).json();
  }

  async _rest(first) {
    const files = (name, from, to) => Array.from({ length: to - from }, (_, at) => this._file(`${name}-${from + at}.json`));
    const [more, notes] = [files("names", 1, first.names), files("notes", 0, first.notes)];
    for (const part of more) this._take(await part);
    let at = 0;
    for (const part of notes) {
      for (const note of await part) {
        Object.assign(this.entries[at++], { note, said: plain(note) });
      }
    }
  }

  _take(rows) {
    for (const [kind, label, standing, address, title, ...others] of rows) {
      const names = [core(title), ...others.map(plain)];
      this.entries.push({
        place: this.entries.length, kind: this.kinds[kind], label: this.labels[label], standing, address, title,
        names, all: names.join("\n"), id: address.split("/").at(-2) ?? "", note: "", said: "",
      });
    }
  }

  /* A question and what is left of it without words that ask for nothing. */
  ways(question) {
    const asked = plain(question);
    let rest = asked;
    for (const word of this.idle) if (rest.length > word.length) rest = without(rest, word);
    return rest && rest !== asked ? [[asked, 0], [rest, 0.15]] : [[asked, 0]];
  }

  /* What no plan answers, where the question asks for such a thing. */
  missing(question) {
    const ways = this.ways(question).map(([way]) => way);
    for (const { words, instead, near } of this.absent) {
      const word = words.find((each) => ways.some((way) => way === plain(each) || way.includes(plain(each))));
      if (word) return { word, instead, near: near.map((place) => this.entries[place]).filter(Boolean) };
    }
    return null;
  }

  /* What a question asks for that names a place first; nothing where it asks for the place. */
  elsewhere(asked) {
    let rest = asked;
    for (const { kind, names } of this.entries) {
      if (kind === "region") for (const name of names) if (!this.idle.includes(name)) rest = without(rest, name);
    }
    return rest === asked || rest.length < 2 ? "" : rest;
  }

  /* How well an entry's names answer: the less the better, infinity not at all. */
  _names(asked, raw, entry) {
    const { names, kind } = entry;
    const back = BACK[kind] ?? 1;
    if (entry.id && raw === entry.id) return NAMED.has(kind) || raw.includes("-") ? 0 : 0.1 + back;
    let best = Infinity;
    names.forEach((name, which) => {
      if (name === asked) best = Math.min(best, NAMED.has(kind) ? 0 : 0.1 + back + (which ? 0.02 : 0));
      else if (name.includes(asked)) best = Math.min(best, 2 + back + (which ? 0.05 : 0));
    });
    if (best < WHOLE) {
      const short = ["region", "unit", "plan"].includes(kind) && names.some((name) => asked.includes(name));
      return short && names.some((name) => name.startsWith(asked)) ? Math.min(best, 0.3) : best;
    }
    if (/^[a-z-]{4,}$/.test(raw) && entry.id.includes(raw)) return Math.min(best, 2.9 + back);
    const [share, pieces] = cover(asked, entry.all);
    if (share === 1) return Math.min(best, 4 + back + pieces / 100);
    if (share > 0.75) return Math.min(best, 4.2 + back + (1 - share));
    if (kind === "region" && names.some((name) => asked.includes(name) && !this.idle.includes(name))) return PLACE;
    return share >= 0.5 ? Math.min(best, 7 + back + (1 - share) * 2) : best;
  }

  /* The entries that answer by name or sentence, the best first. `text` are places whose whole text has every word. */
  ranked(question, text = null) {
    const ways = this.ways(question).filter(([way]) => way.length > 1 || /[a-z0-9\u3400-\u9fff]/.test(way));
    const raw = question.trim().toLowerCase();
    const there = this.elsewhere(ways.at(-1)?.[0] ?? "");
    const found = [];
    for (const entry of this.entries) {
      let level = Infinity;
      for (const [way, behind] of ways) {
        level = Math.min(level, this._names(way, raw, entry) + behind);
        if (level > 5 && way.length > 1 && entry.said.includes(way)) level = 5 + (BACK[entry.kind] ?? 1) / 2 + behind;
      }
      if (level > PLACE && there) {
        const named = this._names(there, there, entry);
        if (named < WHOLE) level = Math.min(level, PLACE + 0.1 + named / 10);
      }
      if (level > 6 && text?.has(entry.place)) level = 6 + (BACK[entry.kind] ?? 1) / 2;
      if (level < Infinity) found.push([level, entry]);
    }
    const last = ({ kind, standing }) => kind === "indicator" && standing > 9; // nothing is known of it
    found.sort(([one, a], [other, b]) =>
      last(a) - last(b) || Math.round(one * 50) - Math.round(other * 50) || a.standing - b.standing
      || a.names[0].length - b.names[0].length || a.place - b.place);
    return found.map(([level, entry]) => ({ ...entry, level }));
  }

  /* The places of pages whose text has all the words of the question. */
  async text(question) {
    const words = grams(this.ways(question).at(-1)[0]).slice(0, COMMON_GRAMS);
    const lists = await Promise.all(words.map(async (word) => (await this._shard(hash(word) % this.files))[word] ?? []));
    let both = null;
    for (const steps of lists) {
      let place = 0;
      const places = new Set(steps.map((step) => (place += step)));
      both = both ? new Set([...both].filter((each) => places.has(each))) : places;
    }
    return both ?? new Set();
  }

  _shard(number) {
    if (!this.shards.has(number)) this.shards.set(number, this._file(`text/${number}.json`));
    return this.shards.get(number);
  }
}

const names = async (root) => (await fetch(new URL("search/names-0.json", root))).json();

const opened = new Map();
export const search = (root, first) => {
  if (!opened.has(root)) opened.set(root, new Search(root, first).open());
  return opened.get(root);
};

/* One place to type and one to show: the box in the head of every page, and the page of the search. */
export class Panel {
  constructor({ input, list, said, words, root, option }) {
    Object.assign(this, { input, list, said, words, root, option, asked: null, active: -1 });
    input.addEventListener("input", () => this.ask());
  }

  async ask() {
    const question = this.input.value.trim();
    if (question === this.asked) return;
    this.asked = question;
    this.list.dataset.state = "asking";
    if (!question) return this.show(question, null, "all");
    this.said.textContent ||= this.words.wait;
    const index = await search(this.root);
    if (question !== this.asked) return;
    this.show(question, index, "names");
    await index.rest;
    if (question !== this.asked) return;
    this.show(question, index, "notes");
    const text = await index.text(question).catch(() => new Set());
    if (question === this.asked) this.show(question, index, "all", text);
  }

  show(question, index, state, text) {
    const missing = index?.missing(question);
    const near = missing ? missing.near : [];
    const ranked = (index?.ranked(question, text) ?? []).filter((each) => !near.some(({ place }) => place === each.place));
    // Beside what no plan answers, only what bears the name; and what holds half a question, only where nothing holds it.
    const whole = ranked.filter(({ level }) => level < (missing ? 4 : 7));
    const rest = missing || whole.some(({ level }) => level !== PLACE) ? whole : ranked;
    const shown = [...near, ...rest].slice(0, MOST);
    this.said.textContent = question ? this.sentence(missing, near.length, rest.length, state) : this.words.empty;
    this.list.replaceChildren(...shown.map((each, at) => this.item(each, at, question)));
    this.move(-1);
    Object.assign(this.list.dataset, { question, state });
    this.list.dispatchEvent(new CustomEvent("shown", { detail: shown.length }));
  }

  sentence(missing, near, count, state) {
    const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const { word, instead } = missing ?? {};
    if (missing) return filled(near ? this.words.absentNear : this.words.absent, { word, instead, count: near });
    if (count) return filled(count > MOST ? this.words.more : this.words.found, { count, most: MOST });
    return state === "all" ? this.words.none : this.words.wait;
  }

  item(entry, at, question) {
    const link = document.createElement("a");
    link.href = new URL(entry.address, this.root);
    if (entry.level >= 6 && entry.level < 7) link.hash = `:~:text=${encodeURIComponent(question)}`;
    const parts = [["b", entry.title], ["span", entry.label], ...(entry.note ? [["small", entry.note]] : [])];
    link.append(...parts.map(([name, text]) => Object.assign(document.createElement(name), { textContent: text })));
    if (this.option) {
      Object.assign(link, { id: `found-${at}`, role: "option", tabIndex: -1, ariaSelected: "false" });
      return link;
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  /* Which answer the keys have come to; -1 is the box itself. */
  move(to) {
    const all = this.option ? [...this.list.children] : [];
    this.active = all.length ? Math.max(-1, Math.min(to, all.length - 1)) : -1;
    all.forEach((each, at) => (each.ariaSelected = String(at === this.active)));
    const here = all[this.active];
    if (here) this.input.setAttribute("aria-activedescendant", here.id);
    else this.input.removeAttribute("aria-activedescendant");
    here?.scrollIntoView({ block: "nearest" });
  }
}

/* The box in the head: a combobox whose answers open under it. */
export const head = (box, first) => {
  const form = box.querySelector("form");
  const toggle = document.getElementById("__search");
  const input = form.elements.q;
  const list = box.querySelector("[role=listbox]");
  const panel = new Panel({
    input, list, said: box.querySelector("[role=status]"), words: box.dataset, root: new URL("../", form.action).href, option: true,
  });
  const open = (is) => {
    toggle.checked = is;
    input.setAttribute("aria-expanded", String(is && list.childElementCount > 0));
  };
  list.addEventListener("shown", () => open(toggle.checked));
  input.addEventListener("focus", () => open(true));
  form.addEventListener("reset", () => setTimeout(() => (input.focus(), panel.ask())));
  box.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !box.contains(relatedTarget) && open(false));
  toggle.addEventListener("change", () => (toggle.checked ? input.focus() : input.blur()));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step) {
      event.preventDefault();
      open(true);
      panel.move(panel.active + step);
    } else if (event.key === "Enter" && panel.active >= 0) {
      event.preventDefault();
      list.children[panel.active].click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      open(false);
      input.blur();
    }
  });
  search(panel.root, first).catch(() => {});
  if (document.activeElement === input) open(true);
  panel.ask();
};

/* The page of the search: its question is in its address. */
export const page = (place, first) => {
  const form = place.querySelector("form");
  const input = form.elements.q;
  const panel = new Panel({
    input, list: place.querySelector("ol"), said: place.querySelector("[role=status]"), words: document.querySelector(".md-search").dataset,
    root: new URL("../", form.action).href, option: false,
  });
  search(panel.root, first).catch(() => {});
  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const address = new URL(location.href);
    address.searchParams.set("q", input.value);
    history.replaceState(history.state, "", address);
  });
  panel.ask();
};
