/* Interactive charts, only when a reader asks for one. The SVG in the page stays; without this script it is all there
   is. Loads the site's own Vega bundle on first use; runs under a policy without `unsafe-eval` (Vega's interpreter);
   survives Material's instant navigation. */
(() => {
  "use strict";

  const WIDE_FROM = 560; // px of the figure, as in charts.css
  const open = new Map(); // figure → what is needed to close it
  let loading = null; // the bundle, while it loads and after

  const loadBundle = (address) => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.vegaEmbed);
      script.onerror = () => {
        loading = null;
        script.remove();
        reject(new Error(address));
      };
      document.head.append(script);
    });
    return loading;
  };

  /* The page's own font instead of the one the static pictures were measured with. Colours stay the light ones:
     charts.css recolours the live drawing by the same rules as the static one, at once when the scheme changes. */
  const draw = async (state) => {
    const spec = JSON.parse(state.text);
    spec.config.font = getComputedStyle(state.figure).fontFamily;
    state.result = await state.embed(state.holder, spec, {
      actions: false,
      ast: true,
      defaultStyle: false,
      mode: "vega-lite",
      renderer: "svg",
      tooltip: { disableDefaultStyle: true },
    });
  };

  const close = (figure) => {
    const state = open.get(figure);
    if (!state) return;
    open.delete(figure);
    state.result?.finalize();
    state.live.remove();
    figure.classList.remove("is-interactive");
  };

  const show = async (figure) => {
    const width = figure.clientWidth || window.innerWidth;
    const address = width >= WIDE_FROM ? figure.dataset.chart : figure.dataset.chartNarrow;
    const bundle = new URL(figure.dataset.chartBundle, document.baseURI).href;
    const [embed, text] = await Promise.all([
      loadBundle(bundle),
      fetch(new URL(address, document.baseURI)).then((answer) => {
        if (!answer.ok) throw new Error(address);
        return answer.text();
      }),
    ]);
    if (!figure.isConnected) return;
    const live = document.createElement("div");
    live.className = "chart-live";
    live.tabIndex = 0;
    live.setAttribute("role", "group");
    live.setAttribute("aria-label", figure.querySelector(".chart-title").textContent);
    const holder = document.createElement("div");
    live.append(holder);
    figure.querySelector(".chart-picture").append(live);
    const state = { figure, live, holder, embed, text, result: null };
    open.set(figure, state);
    figure.classList.add("is-interactive");
    try {
      await draw(state);
    } catch (failure) {
      close(figure);
      throw failure;
    }
  };

  const prepare = (figure) => {
    const button = figure.querySelector(".chart-open");
    const message = figure.querySelector(".chart-message");
    if (!button || button.dataset.ready) return;
    const label = button.textContent;
    button.dataset.ready = "true";
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (open.has(figure)) {
        close(figure);
        button.textContent = label;
        return;
      }
      button.disabled = true;
      message.textContent = button.dataset.loading;
      try {
        await show(figure);
        button.textContent = button.dataset.close;
        message.textContent = "";
      } catch {
        message.textContent = button.dataset.failed;
      }
      button.disabled = false;
      button.focus();
    });
  };

  const start = () => {
    for (const figure of [...open.keys()]) if (!figure.isConnected) close(figure);
    document.querySelectorAll("figure.chart[data-chart]").forEach(prepare);
  };

  if (location.protocol === "file:") return; // nothing can be read beside the page there
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
