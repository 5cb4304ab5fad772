/* Small repairs to the theme that its templates leave no room for. Everything on the site works without them. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const name = (selector, label) => {
    const element = document.querySelector(selector);
    if (element && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", label);
  };
  // The search is loaded when its box is reached, or its page opened with a question.
  const box = document.querySelector(".md-search"), asked = document.querySelector("[data-search-page]");
  // What it answers from comes along with it: on a slow line each way there and back counts.
  const names = () => fetch(new URL("../../search/names-0.json", here)).then((answer) => answer.json());
  const module = async (start) => {
    const first = names();
    first.catch(() => {});
    (await import(new URL("search.js", here).href))[start](start === "head" ? box : asked, first);
  };
  // From a disk a folder is a list of files and no page, and a browser reads nothing beside the page: links name their
  // files, and a note stands in place of the search.
  const disk = location.protocol === "file:";
  const note = () => Object.assign(document.createElement("p"), { className: "found__said", textContent: box?.dataset.offline });
  if (disk) {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
    for (const form of document.querySelectorAll(".md-search__form, form[role=search]")) form.replaceWith(note());
  } else if (box) {
    const input = box.querySelector("input"), toggle = document.getElementById("__search");
    input.addEventListener("focus", () => module("head"), { once: true });
    toggle?.addEventListener("change", () => toggle.checked && input.focus());
    addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
      event.preventDefault();
      input.focus();
    });
    // The first page used to take the question itself: such addresses are out there.
    const old = new URLSearchParams(location.search).get("q");
    if (old && document.querySelector(".homesearch")) location.replace(`${input.form.action}?q=${encodeURIComponent(old)}`);
  }
  if (disk) asked?.replaceChildren(note());
  else if (asked && new URLSearchParams(location.search).get("q")) module("page");
  else asked?.querySelector("input").addEventListener("focus", () => module("page"), { once: true });
  // The reader's own trial stands on few pages.
  if (document.querySelector("form[data-whatif]")) {
    const trial = document.createElement("script");
    trial.src = new URL("whatif.js", here);
    document.head.append(trial);
  }
  // The theme puts each copy button into a navigation landmark of its own, all without a name: they are no landmarks.
  const plain = () => document.querySelectorAll(".md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "presentation"));
  new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
  plain();
  // What a list has folded opens for an address inside it, and for paper where the browser does not unfold it itself.
  const unfold = () => {
    const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let each = there; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  // A long page goes on on others: an address of what has moved there leads on to it.
  const lead = async () => {
    const id = decodeURIComponent(location.hash.slice(1)), turn = document.querySelector("nav[data-moved]");
    if (!id || !turn) return;
    const way = [...document.querySelectorAll("a[data-moved]")].find((link) => decodeURIComponent(link.hash) === `#${id}`);
    if (way) return location.replace(way.href);
    if (disk || document.getElementById(id)?.matches(":not(span)")) return;
    const page = (await (await fetch(turn.dataset.moved)).json())[id];
    if (page) location.replace(`page_${page}/${location.hash}`);
  };
  const moved = () => lead().catch(() => {});
  addEventListener("hashchange", moved);
  moved();
  addEventListener("beforeprint", () => document.querySelectorAll("details.rest").forEach((each) => (each.open = true)));
  // The theme puts plain tables into frames that scroll; keys must reach those that do.
  addEventListener("load", () => {
    for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    }
  });
})();
