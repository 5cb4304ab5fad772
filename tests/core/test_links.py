"""Which addresses may become links, and how an attribute holds them."""

import pytest

from build_scripts.core.links import escaped, host_of, leads_out

GOOD = [
    "https://example.org",
    "HTTPS://EXAMPLE.ORG:8080/a?b#c",
    "https://[2001:db8::1]:443/a",
    "https://例子.测试/路径?查=1",
    "https://example.org./a_(b)/@user:name",
    "https://example.org/search?word=%u4e2d",
    "mailto:a@example.org",
]
BAD = [
    "https://[::1/",
    "https://[v1.x]y/",
    "https://example.org:99999/",
    "https://example.org:port/",
    "https://example.org℀.example/",
    "https://exa^mple.org/",
    "https://exa%6dple.org/",
    "https://a..b/",
    "https://.b/",
    "https://:80/",
    "https://user:word@example.org/",
    "//example.org/",
]


@pytest.mark.parametrize("address", GOOD)
def test_what_a_browser_can_open_is_a_link(address):
    assert leads_out(address)
    assert escaped(address) == address


@pytest.mark.parametrize("address", BAD)
def test_what_has_no_host_there_can_be_is_none(address):
    assert not leads_out(address)


def test_a_host_is_told_in_one_way():
    assert host_of("https://Paper.Example.ORG:8080/a") == "paper.example.org"
    assert host_of("https://[::1/") == host_of("nothing") == ""


def test_what_html_does_not_allow_is_escaped_in_path_and_query_alone():
    assert escaped("https://[::1]/a|b[c]?d={e}^#f|[g]") == "https://[::1]/a%7Cb%5Bc%5D?d=%7Be%7D%5E#f|[g]"
