/* Small repairs to the theme that its templates leave no room for. Everything on the site works without them. */
(() => {
  "use strict";
  const name = (selector, label) => {
    const element = document.querySelector(selector);
    if (element && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", label);
  };
  name(".md-search[role=dialog]", "搜索");
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
  addEventListener("beforeprint", () => document.querySelectorAll("details.rest").forEach((each) => (each.open = true)));
})();
