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
})();
