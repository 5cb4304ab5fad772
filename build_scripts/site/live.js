// Brought into every page that `serve` shows: asks for news, shows what is wrong, and loads the page again after a change.
(() => {
  "use strict";
  const PAUSE = 400;
  let seen = null;
  let box = null;

  const show = (told) => {
    const lines = told.problems;
    if (!lines.length && !told.building) {
      if (box) box.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("aside");
      box.id = "live-news";
      box.setAttribute("role", "status");
      document.body.prepend(box);
    }
    box.className = lines.length ? "live-news live-news--wrong" : "live-news";
    const title = document.createElement("p");
    title.textContent = told.building ? told.words.building : told.words.problems;
    const list = document.createElement("pre");
    list.textContent = lines.join("\n");
    box.replaceChildren(title, ...(lines.length ? [list] : []));
  };

  const ask = async () => {
    try {
      const told = await (await fetch("/.live/news", { cache: "no-store" })).json();
      if (seen !== null && told.version !== seen && !told.building) {
        location.reload();
        return;
      }
      if (seen === null) seen = told.version;
      show(told);
    } catch {
      // The server starts again, or has been stopped: asked again in a moment.
    }
    setTimeout(ask, PAUSE);
  };
  ask();
})();
