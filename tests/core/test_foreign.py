"""Chinese texts on a page in another language are marked as such, wherever readers meet them."""

from all_of import all_of

from build_scripts.core.foreign import mark_han


@all_of(
    "page, said",
    [
        ("<p>See 丽水 here</p>", '<p>See <span lang="zh-CN">丽水</span> here</p>'),
        ("<pre><code>says ‘达到2250亿元’</code></pre>", None),
        ('<a title="丽水">x</a>', '<a title="丽水">x</a>'),
        ("<script>丽水</script>", "<script>丽水</script>"),
        ("<svg><text>丽水</text></svg>", "<svg><text>丽水</text></svg>"),
        ("## Words { #丽水 .note }", "## Words { #丽水 .note }"),
        ("<code>{{丽水}}</code>", '<code>{{<span lang="zh-CN">丽水</span>}}</code>'),
        ('<option value="丽水">Lishui</option>', '<option value="丽水">Lishui</option>'),
        ('<option value="a">丽水</option>', '<option lang="zh-CN" value="a">丽水</option>'),
        ("nothing", "nothing"),
    ],
)
def test_what_is_marked(page, said):
    marked = '<pre><code>says ‘<span lang="zh-CN">达到2250亿元</span>’</code></pre>'
    assert mark_han(page, "zh-CN") == (marked if said is None else said)
