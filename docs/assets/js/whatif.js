/* The reader's own trial on the method page: other thresholds, other numbers. Everything happens here in the browser;
   nothing is stored or sent, and no word is made here: the page holds every badge, this shows the one that fits. */
(() => {
  "use strict";

  const NUMBERS = ["base", "base_year", "latest", "latest_year", "goal", "goal_year"];

  /* Rounded half up, as the method compares ratios: to 4 decimals. */
  const rounded = (value, places) => {
    const scale = 10 ** places;
    return Math.sign(value) * Math.round(Math.abs(value) * scale + 1e-9) / scale;
  };

  const band = (ratio, onTrack, behind) => {
    const compared = rounded(ratio, 4);
    if (compared >= onTrack) return "on_track";
    if (compared >= behind) return "slightly_behind";
    return compared >= 0 ? "behind" : "reversing";
  };

  const show = (outcome, status) => {
    for (const badge of outcome.children) badge.hidden = badge.dataset.status !== status;
  };

  /* What is wrong with the numbers: "numbers", "years", or nothing. */
  const fault = (it) => {
    if (NUMBERS.some((name) => !Number.isFinite(it[name])) || it.base === it.goal) return "numbers";
    if (it.log && Math.min(it.base, it.latest, it.goal) <= 0) return "numbers";
    return it.latest_year <= it.base_year || it.goal_year <= it.base_year ? "years" : "";
  };

  const paces = (it) => {
    const progress = it.log
      ? Math.log(it.latest / it.base) / Math.log(it.goal / it.base)
      : (it.latest - it.base) / (it.goal - it.base);
    const time = (it.latest_year - it.base_year) / (it.goal_year - it.base_year);
    const met = it.goal > it.base ? it.latest >= it.goal : it.latest <= it.goal;
    return { progress, time, ratio: progress / time, met };
  };

  const start = (form) => {
    const fields = form.elements;
    const site = { on: Number(fields.on_track.dataset.default), behind: Number(fields.behind.dataset.default) };
    const numberCell = (name) => form.querySelector(`[data-number="${name}"]`);
    const outcome = (name) => form.querySelector(`[data-outcome="${name}"]`);

    const read = () => {
      const it = { log: fields.log.checked };
      for (const name of NUMBERS) it[name] = fields[name].value.trim() === "" ? NaN : Number(fields[name].value);
      return it;
    };

    const update = () => {
      const on = Number(fields.on_track.value);
      const behind = Number(fields.behind.value);
      for (const slider of [fields.on_track, fields.behind]) slider.parentElement.nextElementSibling.value = Number(slider.value).toFixed(2);
      const it = read();
      const wrong = fault(it);
      for (const line of form.querySelectorAll("[data-bad]")) line.hidden = line.dataset.bad !== wrong;
      form.querySelector("[data-good]").hidden = wrong !== "";
      for (const row of form.querySelectorAll("[data-ratio]")) {
        show(row.querySelector("[data-outcome]"), band(Number(row.dataset.ratio), on, behind));
      }
      if (wrong) return;
      const { progress, time, ratio, met } = paces(it);
      numberCell("progress").textContent = `${rounded(100 * progress, 1).toFixed(1)}%`.replace("-", "−");
      numberCell("time").textContent = `${rounded(100 * time, 1).toFixed(1)}%`;
      numberCell("ratio").textContent = rounded(ratio, 4).toFixed(4).replace("-", "−");
      show(outcome("yours"), met ? "achieved" : band(ratio, on, behind));
      show(outcome("site"), met ? "achieved" : band(ratio, site.on, site.behind));
    };

    const usePreset = () => {
      const { dataset } = fields.preset.selectedOptions[0];
      for (const name of NUMBERS) fields[name].value = dataset[name];
      fields.log.checked = dataset.log === "yes";
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(update));
    form.addEventListener("input", (event) => {
      if (event.target === fields.preset) usePreset();
      /* One threshold never passes the other: the one that was not moved gives way. */
      if (event.target === fields.on_track && Number(fields.behind.value) > Number(fields.on_track.value)) {
        fields.behind.value = fields.on_track.value;
      }
      if (event.target === fields.behind && Number(fields.behind.value) > Number(fields.on_track.value)) {
        fields.on_track.value = fields.behind.value;
      }
      update();
    });

    form.hidden = false;
    if (form.previousElementSibling?.classList.contains("whatif-off")) form.previousElementSibling.hidden = true;
    update();
  };

  const startAll = () => {
    for (const form of document.querySelectorAll("form[data-whatif][hidden]")) start(form);
  };

  /* Material's stream of pages when there is one (it survives instant navigation), else this page once. */
  if (window.document$?.subscribe) window.document$.subscribe(startAll);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
