/* Filters and sorts the tables that carry every target or work. The rows and all words are in the page; this hides,
   counts and moves rows, and keeps the view in the address, so that it can be shared and gone back from.
   Without this script every table is whole, in the document's order. The controls are in the page from the start, so
   that nothing moves when this arrives; where there are no scripts the style sheet leaves them out. */
(() => {
  "use strict";

  const FIELDS = { plan: "plan", project: "project", region: "region", county: "county", unit: "unit", year: "year", data: "hasData" };
  const TURNS = { none: "ascending", ascending: "descending", descending: "none" };
  const NEWEST_FIRST = { none: "descending", descending: "ascending", ascending: "none" };
  const SIZES = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
  const LANGUAGE = document.documentElement.lang || undefined;
  const compare = new Intl.Collator(LANGUAGE, { numeric: true }).compare;
  const clean = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const EMPTY = /^[—–-]?$/;

  /* How the page's language writes days: with a mark after each number, or with the month's name. */
  const said = (options, date) => new Intl.DateTimeFormat(LANGUAGE, options).format(date);
  const mark = (options) => said(options, new Date(2001, 0, 2)).replace(/^\d+/, "");
  const [Y, M, D] = [{ year: "numeric" }, { month: "numeric" }, { day: "numeric" }].map(mark);
  const MONTHS = Array.from({ length: 12 }, (_, month) => said({ month: "long" }, new Date(2001, month, 2)));
  const NUMBERED = new RegExp(`^(?:\\d{4}${Y}?[—–-])?\\D{0,3}(\\d{4})${Y}(?:(\\d{1,2})${M})?(?:(\\d{1,2})${D})?`);
  const NAMED = new RegExp(`^(?:(?:\\D{0,12}?(\\d{1,2}) )?(?:.*? )?(${MONTHS.join("|")}) )?(?:Q[1-4] )?(?:\\d{4} ?\\D{1,4} ?)?(\\d{4})$`, "i");

  /* A text as a day; a span counts by its last year, a year alone ends with December, as the method reads it. */
  const dayOf = (text) => {
    const found = Y ? NUMBERED.exec(text)?.slice(1) : NAMED.exec(text)?.slice(1).reverse();
    if (!found) return null;
    const month = Y ? found[1] : found[1] && 1 + MONTHS.findIndex((name) => name.toLowerCase() === found[1].toLowerCase());
    return Number(found[0]) * 1e4 + Number(month ?? 12) * 100 + Number(found[2] ?? 31);
  };

  /* What a cell is sorted by: a date, a number where the column holds numbers, else its words. Null goes last. */
  const rank = (cell, orders) => {
    const badge = cell.querySelector(".badge");
    if (badge && orders.size) return orders.get(cell.parentElement.dataset.status) ?? null;
    const text = cell.textContent.trim();
    if (EMPTY.test(text)) return null;
    if (cell.classList.contains("num")) {
      const value = Number.parseFloat(text.replace(/,/g, "").replace("−", "-"));
      if (Number.isNaN(value)) return null;
      return value * (SIZES[/[KMG]?B$/.exec(text)?.[0]] ?? 1);
    }
    return dayOf(text) ?? text;
  };

  const order = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return typeof a === typeof b ? compare(a, b) : typeof a === "number" ? -1 : 1;
  };

  /* A column of days: the first cell that says anything begins with a year. */
  const holdsDays = (it, head) => {
    const texts = it.rows.map((row) => row.cells[head.cellIndex].textContent.trim());
    const first = texts.find((text) => !EMPTY.test(text)) ?? "";
    return (!Y || /^\d/.test(first)) && dayOf(first) !== null;
  };

  const sortRows = (it) => {
    const column = it.heads.findIndex((head) => head.getAttribute("aria-sort") !== "none");
    const rows = [...it.rows];
    if (column >= 0) {
      const sign = it.heads[column].getAttribute("aria-sort") === "ascending" ? 1 : -1;
      const keys = new Map(rows.map((row) => [row, rank(row.cells[column], it.orders)]));
      rows.sort((one, two) => {
        const [a, b] = [keys.get(one), keys.get(two)];
        if (a === null || b === null) return (a === null) - (b === null);
        return sign * order(a, b);
      });
    }
    /* Moving a row lays the whole table out again, so nothing is moved that stands where it should. */
    const body = it.table.tBodies[0];
    if (rows.some((row, index) => row !== body.rows[index])) body.append(...rows);
  };

  const fits = (row, form, words) => {
    for (const [name, key] of Object.entries(FIELDS)) {
      const wanted = form.elements[name]?.value;
      if (wanted && !(row.dataset[key] || "none").split(" ").includes(wanted)) return false;
    }
    const status = form.elements.status?.value;
    if (status && row.dataset.status !== status && row.dataset.family !== status) return false;
    if (words.length) row.dataset.words ??= clean(row.textContent);
    return words.every((word) => row.dataset.words.includes(word));
  };

  const filterRows = (it) => {
    if (!it.form) return;
    const words = clean(it.form.elements.find.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const row of it.rows) {
      const fitting = fits(row, it.form, words);
      if (row.hidden === fitting) row.hidden = !fitting;
      shown += fitting ? 1 : 0;
    }
    const { dataset } = it.count;
    const first = it.table.dataset.whole ? dataset.count : dataset.first;
    const say = shown ? first : dataset.none;
    const text = say.replace("{shown}", it.table.dataset.whole ? shown : OPENED).replace("{all}", it.rows.length);
    if (it.count.textContent !== text) it.count.textContent = text;
  };

  /* A long table begins with its first rows; the style sheet leaves the others out until the reader asks for anything.
     Laying out all rows of hundreds would keep a phone busy before anybody has asked for them. */
  const OPENED = 40;
  const whole = (it) => {
    if (it.table.dataset.whole) return;
    it.table.dataset.whole = "true";
    it.table.tFoot?.remove();
  };

  const sayMore = (it) => {
    if (it.rows.length <= OPENED || !it.form) {
      whole(it);
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = it.count.dataset.more.replace("{rest}", it.rows.length - OPENED);
    const cell = it.table.createTFoot().insertRow().insertCell();
    cell.colSpan = it.heads.length;
    cell.className = "more";
    cell.append(button);
    button.addEventListener("click", () => {
      const next = it.table.tBodies[0].rows[OPENED];
      whole(it);
      filterRows(it);
      next.querySelector("a")?.focus();
    });
  };

  const asked = (it) =>
    controls(it).some((control) => control.value.trim()) || it.heads.some((head) => head.getAttribute("aria-sort") !== "none");

  /* The view in the address: one name a control; with several tables on a page, after the table's id. */
  const controls = (it) => (it.form ? [...it.form.elements].filter((control) => control.name) : []);

  const read = (it) => {
    const asked = new URLSearchParams(location.search);
    for (const control of controls(it)) {
      control.value = asked.get(it.prefix + control.name) ?? "";
      if (control.selectedIndex === -1) control.value = ""; // an address that names no choice of ours
    }
    const sort = /^(\d+)(-?)$/.exec(asked.get(`${it.prefix}sort`) ?? "");
    it.heads.forEach((head, index) => {
      const here = sort && Number(sort[1]) === index + 1;
      head.setAttribute("aria-sort", here ? (sort[2] ? "descending" : "ascending") : "none");
    });
  };

  const write = (it, replace) => {
    const address = new URL(location.href);
    const keep = (name, value) =>
      value ? address.searchParams.set(it.prefix + name, value) : address.searchParams.delete(it.prefix + name);
    for (const control of controls(it)) keep(control.name, control.value.trim());
    const column = it.heads.findIndex((head) => head.getAttribute("aria-sort") !== "none");
    const down = column >= 0 && it.heads[column].getAttribute("aria-sort") === "descending";
    keep("sort", column >= 0 ? `${column + 1}${down ? "-" : ""}` : "");
    if (address.href === location.href) return;
    history[replace ? "replaceState" : "pushState"](history.state, "", address);
  };

  const show = (it) => {
    read(it);
    if (asked(it)) whole(it);
    sortRows(it);
    filterRows(it);
  };

  const addButtons = (it) => {
    for (const head of it.heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      const plain = document.createElement("span"); // for paper: heads repeat on each sheet, buttons do not
      plain.className = "sort-plain";
      plain.append(...[...head.childNodes].map((node) => node.cloneNode(true)));
      button.append(...head.childNodes);
      head.append(button, plain);
      button.addEventListener("click", () => {
        const turns = holdsDays(it, head) ? NEWEST_FIRST : TURNS;
        const next = turns[head.getAttribute("aria-sort")];
        for (const other of it.heads) other.setAttribute("aria-sort", other === head ? next : "none");
        whole(it);
        sortRows(it);
        filterRows(it);
        write(it, false);
      });
    }
  };

  const listen = (it) => {
    let wait = 0;
    it.form.addEventListener("submit", (event) => event.preventDefault());
    it.form.addEventListener("input", (event) => {
      clearTimeout(wait);
      whole(it);
      if (event.target.name !== "find") {
        filterRows(it);
        write(it, false);
        return;
      }
      wait = setTimeout(() => {
        filterRows(it);
        write(it, true);
      }, 150);
    });
    it.form.addEventListener("reset", () =>
      setTimeout(() => {
        filterRows(it);
        write(it, false);
      }),
    );
  };

  /* Statuses are sorted in the order the filter lists them, which is the method's. */
  const statusOrder = (form) => {
    const options = form?.elements.status ? [...form.elements.status.options] : [];
    return new Map(options.map((option, index) => [option.value, index]));
  };

  const prepare = (table, several) => {
    const form = document.querySelector(`form[data-filter-for="${CSS.escape(table.id)}"]`);
    const it = {
      table,
      form,
      prefix: several ? `${table.id}.` : "",
      rows: [...table.tBodies[0].rows],
      heads: [...table.tHead.rows[0].cells],
      orders: statusOrder(form),
      count: form?.querySelector(".filter__count"),
    };
    table.dataset.ready = "true";
    addButtons(it);
    if (form) listen(it);
    read(it);
    if (!asked(it)) sayMore(it);
    show(it);
    addEventListener("popstate", () => show(it));
  };

  const start = () => {
    const tables = [...document.querySelectorAll("table[data-filter]")];
    for (const table of tables) if (!table.dataset.ready) prepare(table, tables.length > 1);
  };

  /* Material's stream of pages when there is one (it survives instant navigation), else this page once. */
  if (window.document$?.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

/* Chips over a table of breakdowns: of each dimension any values may be chosen, rows with none of them are hidden. The
   cells say what a row is; without this script the chips are not shown and the table is whole. */
(() => {
  "use strict";

  const narrow = (chips, table) => {
    const chosen = new Map();
    for (const { dataset } of chips.querySelectorAll("button[aria-pressed=true]")) {
      chosen.set(dataset.place, [...(chosen.get(dataset.place) ?? []), dataset.value]);
    }
    for (const row of table.querySelectorAll("tbody tr")) {
      row.hidden = [...chosen].some(([place, values]) => !values.includes(row.cells[place].textContent));
    }
  };

  const start = () => {
    for (const chips of document.querySelectorAll("[data-chips]")) {
      const table = document.getElementById(chips.dataset.chips);
      if (!table || chips.dataset.ready) continue;
      chips.dataset.ready = "true";
      chips.addEventListener("click", (event) => {
        const chip = event.target.closest("button");
        if (!chip) return;
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        narrow(chips, table);
      });
    }
  };

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
