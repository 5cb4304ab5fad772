"""Light pages for other sites: small, whole in themselves, without scripts, and safe whatever the data says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from build_scripts.pages import embed_views
from build_scripts.render import render_embeds
from build_scripts.site.csp import protected_own


@pytest.fixture(scope="module")
def embeds(given):
    return {each.path: each.data.decode() for each in render_embeds(embed_views(given, "试验站"))}


def test_every_target_has_a_light_page_at_the_address_its_code_names(given, embeds):
    assert set(embeds) == {f"embed/{entry.target_id}/index.html" for entry in given.report.entries}


def test_promises_of_the_same_name_have_titles_of_their_own(given):
    first, second, *_rest = given.report.entries
    plan = replace(second.plan, title="《乙规划》", short_title="乙规划")
    same = replace(second, target=replace(second.target, name=first.target.name), plan=plan)
    both = replace(given, report=replace(given.report, entries=(first, same)))
    titles = [each.title for each in embed_views(both, "试验站")]
    assert len(set(titles)) == len(titles)
    assert titles[1].endswith("（乙规划）")


def test_a_light_page_loads_nothing_but_its_own_chart(embeds):
    for path, html in embeds.items():
        assert len(html) < 4000, path
        assert "<script" not in html
        assert "http:" not in html
        assert "https:" not in html
        assert not re.findall(r'<(?:iframe|object)\b|<link(?! rel="icon")', html)


def test_a_light_page_says_status_reading_day_privacy_and_leads_to_the_target(given, embeds):
    entry = given.report.entry_by_id["gdp-2025"]
    html = embeds["embed/gdp-2025/index.html"]
    assert entry.target.name in html
    assert "符合进度" in html
    assert "2024年6月30日" in html
    assert "不使用 Cookie" in html
    assert 'href="../../targets/gdp-2025/"' in html


def test_the_content_policy_lets_its_style_through(embeds):
    policy = protected_own(embeds["embed/gdp-2025/index.html"])
    assert re.search(r"style-src 'self' 'sha256-[^']+'", policy)


def test_the_chart_stands_in_the_page_itself_with_its_finding(given):
    view = next(iter(embed_views(given, "试验站")))
    drawn = replace(view, chart=Markup("<svg><title>图</title></svg>"), finding="2023年62.5%")
    html = next(iter(render_embeds([drawn]))).data.decode()
    assert "<svg><title>图</title></svg>" in html
    assert "2023年62.5%" in html
    assert view.reading not in html


def test_a_name_from_the_data_never_becomes_markup(given):
    view = next(iter(embed_views(given, "试验站")))
    (made,) = render_embeds([replace(view, name='<img src=x onerror="1">', title="</title><b>")])
    assert b"<img src=x" not in made.data
    assert b"<b>" not in made.data
