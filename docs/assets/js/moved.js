/* A long page goes on on others: an address of what has moved there leads on to it. Without it links on the page do. */
(() => {
  "use strict";
  const turn = document.querySelector("nav[data-moved]");
  const lead = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const way = [...document.querySelectorAll("a[data-moved]")].find((link) => decodeURIComponent(link.hash) === `#${id}`);
    if (way) return location.replace(way.href);
    // From a disk a browser reads nothing beside the page. An empty mark is where what has moved stood.
    if (location.protocol === "file:" || document.getElementById(id)?.matches(":not(span)")) return;
    const page = (await (await fetch(turn.dataset.moved)).json())[id];
    if (page) location.replace(`page_${page}/${location.hash}`);
  };
  const moved = () => lead().catch(() => {});
  addEventListener("hashchange", moved);
  moved();
})();
