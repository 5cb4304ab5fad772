"""Finds texts in chart SVGs that overlap or are cut, by asking a real Chromium where each one stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser

FONT = Path(__file__).parents[2] / "build_scripts/charts/fonts/report-sans-sc.otf"
# Boxes of neighbouring lines touch by the font's own line gap; only what shares more than this is a clash.
SLACK = 1.5

# For one drawing: how many texts, the smallest in px, and what is wrong with them.
CLASHES = """
(svg, slack) => {
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll('text')].map(node => {
    const box = node.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    const middle = (box.top + box.bottom) / 2;  // the line box is taller than what is inked
    const [top, bottom] = [middle - size * .5, middle + size * .5];
    return {text: node.textContent, size, left: box.left, right: box.right, top, bottom};
  });
  const found = [];
  texts.forEach((a, i) => {
    const beside = a.left < frame.left - slack || a.right > frame.right + slack;
    if (beside || a.top < frame.top - slack || a.bottom > frame.bottom + slack)
      found.push(`cut: ${a.text}`);
    texts.slice(i + 1).forEach(b => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > slack && down > slack) found.push(`overlap: ${a.text} / ${b.text}`);
    });
  });
  return [texts.length, Math.min(...texts.map(t => t.size)), found];
}
"""
MEASURE = f"""
slack => [...document.querySelectorAll('figure')]
  .map(figure => [figure.id, ...({CLASHES})(figure.querySelector('svg'), slack)])
"""


def measure(
    browser: Browser, pictures: Mapping[str, str], width: int, font: str
) -> dict[str, tuple[int, float, list[str]]]:
    """For each SVG shown `width` px wide in `font`: how many texts, the smallest in px, and what is wrong."""
    face = f"@font-face {{ font-family: shipped; src: url('{FONT.as_uri()}') }}"
    frame = f"figure {{ margin: 0; width: {width}px }} svg {{ width: 100%; height: auto }}"
    style = f"{face} body {{ font-family: {font} }} {frame}"
    body = "".join(f'<figure id="{name}">{picture}</figure>' for name, picture in pictures.items())
    with browser.new_page(viewport={"width": 1440, "height": 900}) as page:
        page.goto(FONT.with_name("OFL.txt").as_uri())  # a local page, so that the local font may be loaded
        page.set_content(f'<!doctype html><meta charset="utf-8"><style>{style}</style>{body}')
        page.evaluate("document.fonts.ready")
        rows = page.evaluate(MEASURE, SLACK)
    return {name: (count, smallest, found) for name, count, smallest, found in rows}
