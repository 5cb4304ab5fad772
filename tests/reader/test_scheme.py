"""A first visit in a dark room: the page is dark before the theme's scripts are there."""

import pytest

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.fixture
def before_scripts(chromium):
    """Opens an address where no script file ever arrives; gives the scheme the page has."""
    opened = []

    def scheme_of(address, prefers):
        context = chromium.new_context(color_scheme=prefers)
        opened.append(context)
        context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(address)
        return page.evaluate("document.body.dataset.mdColorScheme"), page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )

    yield scheme_of
    for context in opened:
        context.close()


def test_the_first_paint_has_the_scheme_the_system_asks_for(before_scripts, address):
    dark, dark_ground = before_scripts(address, "dark")
    light, light_ground = before_scripts(address, "light")
    assert (dark, light) == ("slate", "default")
    assert dark_ground != light_ground


def test_a_readers_own_choice_is_kept(page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.locator("label[for^=__palette]:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'default'")
    page.goto(f"{address}method/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    assert not page.complaints
