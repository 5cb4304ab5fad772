/* Small repairs to the theme that its templates leave no room for. Everything on the site works without them. */
(() => {
  "use strict";
  const name = (selector, label) => {
    const element = document.querySelector(selector);
    if (element && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", label);
  };
  name(".md-search[role=dialog]", "搜索");
})();
