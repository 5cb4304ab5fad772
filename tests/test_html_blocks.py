"""Pages taken apart: what is a block, what is none, and the anchors in it."""

import re

import pytest

from build_scripts.site.html_blocks import apart

PAGE = "# 目标 {{ #top }}\n\n{}\n\n## 图 {{ #chart }}\n\n<p>完</p>\n"
ROW = '<tr><th scope="row"><a href="../a/">甲</a></th><td class="number">1</td><td><span>2</span></td></tr>'
TABLE = f"<div>\n<table>\n<tbody>\n{ROW}\n{ROW}\n</tbody>\n</table>\n</div>"
DRAWING = (
    '<figure><svg><defs><path id="s0" d="M1,0"/></defs><use href="#s0" x="1"/><text x="2">2024</text></svg></figure>'
)


@pytest.mark.parametrize("block", [TABLE, DRAWING, f"{TABLE}\n{DRAWING}", f"{TABLE}\n\n{DRAWING}", ""])
def test_blocks_stay_as_they_are(block):
    found = apart(PAGE.format(block))
    assert found is not None
    assert found.headings == ("# 目标 { #top }", "## 图 { #chart }")
    assert found.blocks == (block, "<p>完</p>")


@pytest.mark.parametrize(
    "small", ["<td>1</td>", '<a href="#x">1</a>', "<b>1</b>", '<use href="#s0"/>', "<text>1</text>"]
)
@pytest.mark.parametrize("around", ["{}", "{}\n<p>2</p>", "<p>2</p>\n{}", "<p>2</p>{}", "<p>2</p>\n{}\n<p>3</p>"])
def test_what_stands_in_blocks_is_none_by_itself(small, around):
    assert apart(PAGE.format(around.format(small))) is None


@pytest.mark.parametrize(
    "broken",
    ["<td>1</b>", "<td>1", "1</td>", "<td>a < b</td>", "<td>1<script>x()</script></td>", '<td title="<">1</td></td>',
     "<td><b>1</td></b>", "<path d='M0'>"],
)  # fmt: skip
def test_a_block_that_is_not_whole_is_left_to_the_converter(broken):
    assert apart(PAGE.format(TABLE.replace("<td><span>2</span></td>", broken, 1))) is None


def test_anchors_are_found_wherever_they_stand():
    cells = '<td id="two">1</td><td><a name="three" href="#x">2</a><a id = \'four\'>3</a></td>'
    drawing = '<figure><svg><use x="1" id="six"/><text data-id="no" class="id">5</text></svg></figure>'
    found = apart(PAGE.format(f'<table><tr id="one">{cells}</tr></table>\n{drawing}'))
    assert found is not None
    assert found.anchors == {"one", "two", "three", "four", "six"}


def test_two_lines_without_words_between_blocks_are_for_the_converter():
    assert apart(PAGE.format("<p>1</p>\n\n<p>2</p>"))
    assert apart(PAGE.format("<p>1</p>\n\n\n<p>2</p>")) is None


def test_what_could_be_read_as_markdown_is_for_the_converter():
    assert re.search("\n +\n", f"{TABLE}\n \n{DRAWING}")
    for odd in (
        f"{TABLE}\n \n{DRAWING}",
        "<p>a & b</p>",
        "<p>&nosemicolon</p>",
        "<p>1\t2</p>",
        "<!-- x -->",
        "<p>\x02</p>",
    ):
        assert apart(PAGE.format(odd)) is None
