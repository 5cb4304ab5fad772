/* Small repairs to the theme that its templates leave no room for. Everything on the site works without them. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const name = (selector, label) => {
    const element = document.querySelector(selector);
    if (element && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", label);
  };
  // The search is loaded when its box is reached or its page asked.
  const box = document.querySelector(".md-search"), asked = document.querySelector("[data-search-page]");
  // What it answers from comes with it: on a slow line each way counts.
  const names = () => fetch(new URL("../../search/names-0.json", here)).then((answer) => answer.json());
  const module = async (start) => {
    const first = names();
    first.catch(() => {});
    (await import(new URL("search.js", here).href))[start](start === "head" ? box : asked, first);
  };
  // From a disk a folder is no page and nothing beside a page can be read: links name files, a note stands for the search.
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
  // Few pages hold the reader's own trial or go on on others.
  for (const [mark, file] of [["form[data-whatif]", "whatif.js"], ["nav[data-moved]", "moved.js"]]) {
    if (document.querySelector(mark)) document.head.append(Object.assign(document.createElement("script"), { src: new URL(file, here) }));
  }
  // The theme puts each copy button into a landmark without a name: it is none.
  const plain = () => document.querySelectorAll(".md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "presentation"));
  new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
  plain();
  // What is folded opens for an address inside it, and for paper where the browser does not do so.
  const unfold = () => {
    const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let each = there; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("beforeprint", () => document.querySelectorAll("details.rest").forEach((each) => (each.open = true)));
  // The theme puts plain tables into frames that scroll; keys must reach those that do.
  addEventListener("load", () => {
    for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    }
  });
})();
