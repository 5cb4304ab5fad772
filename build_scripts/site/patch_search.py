"""Gets the finished site's folder, mends how the theme's search cuts a Chinese question into words and when it loads.

Material 9 cuts a run of Chinese by the longest words of its index, but never looks at the last
character: 发改委 is searched as 发改, 生产总值 as 生产 and 总. Nor does it part Chinese from the digits
beside it, so that 2250亿元 and document numbers find nothing. An id (`sdgc-10`) it takes apart at
its hyphens and finds every page with a 10; here it is one word, as the pages that have one say it
unseen, with an x behind it that keeps its end from being stemmed. `&` it keeps as `&amp;` but
searches as it is typed. A word that only begins words of the index (空气 where 空气质量 stands) it cuts
into single characters, and a short page with one word of a question it ranks above the page with all.
Each repair is one exact text of the theme's worker; a worker that has it no longer is left as it is,
and the tests of the search say whether that was right.

The theme also fetches the whole index with every page, three times the weight of the page itself. Its own way of
waiting until the search is opened, kept for pages read from a disk, is switched on for all. And it takes every
`rel="alternate"` for a translation whose sitemap it asks for: feeds are left alone.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

WORKERS = "assets/javascripts/workers/search.*.min.js"
REPAIRS = (
    ("for(let o=s+1;o<t.length;o++)t.slice(s,o)in e", "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e"),
    ("n[a]&&a<t.length-1&&", "n[a]&&a<t.length&&"),
    (
        's=>[...fe(s,this.index.invertedIndex)].join("* "))',
        's=>" "+[...fe(s,this.index.invertedIndex)].join("* ")+" ")',
    ),
    (
        "let i=[0];for(let s=i.length;s>0;)",
        (
            "let p=fe.p||(fe.p=new Set(Object.keys(e).flatMap(k=>[...k].map((_,o)=>k.slice(0,o+1)))));"
            "for(let s=0;s<t.length;s++)if(n[s]<2)for(let o=s+2;o<=t.length;o++)p.has(t.slice(s,o))&&(n[s]=o-s);"
            "let i=[0];for(let s=1;s>0;)"
        ),
    ),
    ("score:a*(1+K(g,2))", "score:a*K(g-+!c.parent,12)*(1+K(g,2))"),
    (
        "search(e){if(e=e.replace(new RegExp(",
        (
            r'search(e){if(e=e.replace(/^[a-z]+(-[a-z0-9]+)+\*?$/,s=>s.replace(/[-*]/g,"")+"x")'
            '.replace(/&/g,"&amp;").replace(new RegExp('
        ),
    ),
)
BUNDLES = "assets/javascripts/bundle.*.min.js"
ON_DEMAND = (
    ('$(location.protocol!=="file:"),Je("search")', '$(!1),Je("search")'),
    # Only translations are named with a language; a feed is no translation, and has no sitemap to ask for.
    ('"link[rel=alternate]"', '"link[rel=alternate][hreflang]"'),
    ('V("search.highlight")?Ai(', 'V("search.highlight")&&/[?&]h=/.test(location.search)?Ai('),
)


def is_mended(path: str) -> bool:
    """Whether the file of a site at `path` is one that we repair."""
    return any(fnmatchcase(path, pattern) for pattern in (WORKERS, BUNDLES))


def mended(path: str, code: str) -> tuple[str, int]:
    """The text of the file at `path` with each repair whose place is there exactly once, and how many there were."""
    made = 0
    for old, new in REPAIRS if fnmatchcase(path, WORKERS) else ON_DEMAND:
        if code.count(old) == 1:
            code = code.replace(old, new)
            made += 1
    return code, made
