"""A printed figure is read as what it says, in the unit wanted, and as nothing else."""

from decimal import Decimal

from all_of import all_of
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.core.printed import Bound, Sense, bound_of, derivable, mentions, plain, readings

YUAN = Sense("亿元")
SHARE = Sense("%")
CHANGE = Sense("%", change=True)
RANK = Sense("位")
COUNT = Sense("个")

READS = [
    # digits, thousands, full-width, traditional signs
    ("生产总值1710.03亿元", YUAN, "1710.03"),
    ("1,830.87 亿元", YUAN, "1830.87"),
    ("１６０亿元", YUAN, "160"),
    ("(GDP)963.5億元", YUAN, "963.5"),
    ("GDP273.9亿元", YUAN, "273.9"),
    ("972846万元", YUAN, "97.2846"),
    ("总投资1.2万亿元", YUAN, "12000"),
    ("15680", Sense("公里"), "15680"),
    # the scale may stand in the unit, in the number, or in both
    ("4.5万元", Sense("元"), "45000"),
    ("252.8万", Sense("万人"), "252.8"),
    ("2 万亩以上", Sense("亩"), "20000"),
    ("30多万人次", Sense("万人次"), "30"),
    # English units that go on, and scales in words
    ("6,200 tonnes, half of what it was in 2019/20", Sense("tonnes CO2e"), "6200"),
    ("456.895 million tonnes, 40% below 2005", Sense("million tonnes"), "456.895"),
    ("490 kg per person", Sense("kg per person"), "490"),
    ("2.4 million trips a year", Sense("trips"), "2400000"),
    ("12 million dollars", Sense("million dollars"), "12"),
    # signs of money, before the number and before the scale
    ("£1.65m", Sense("£ million"), "1.65"),
    ("we will invest £12 million in the high street", Sense("£ million"), "12"),
    ("£4.1 million", Sense("£m"), "4.1"),
    ("£850,000", Sense("£"), "850000"),
    ("£850k", Sense("£ million"), "0.85"),
    ("US$4.2bn", Sense("$ billion"), "4.2"),
    ("€ 3,5 million".replace(",", "."), Sense("million euros"), "3.5"),
    ("C$ 12 million", Sense("million dollars"), "12"),
    # numbers in signs
    ("突破千亿", YUAN, "1000"),
    ("百亿产业", YUAN, "100"),
    ("接近百万", Sense("万人"), "100"),
    ("千亿级产业集群", YUAN, "1000"),
    ("三大交通圈", COUNT, "3"),
    ("一百二十五个", COUNT, "125"),
    ("两千三百万元", Sense("万元"), "2300"),
    ("十五公里", Sense("公里"), "15"),
    ("三点五亿元", YUAN, "3.5"),
    # per cent and its other names
    ("率63.5%", SHARE, "63.5"),
    ("百分之七点五", SHARE, "7.5"),
    ("三成以上", SHARE, "30"),
    ("三成五", SHARE, "35"),
    ("六成半", SHARE, "65"),
    ("千分之三", SHARE, "0.3"),
    ("4.2‰", SHARE, "0.42"),
    ("5.8:37.7:56.5", SHARE, "56.5"),
    ("长期护理保险参保全覆盖", SHARE, "100"),
    ("年均提高0.7个百分点", Sense("个百分点/年"), "0.7"),
    # multiples
    ("翻一番以上", Sense("倍"), "2"),
    ("翻两番", Sense("倍"), "4"),
    ("是2020年的2.5倍", Sense("倍"), "2.5"),
    ("增长1.5倍", Sense("倍"), "2.5"),
    ("增长到3倍", Sense("倍"), "3"),
    ("增长1.5倍", CHANGE, "150"),
    ("doubled", Sense("倍"), "2"),
    # direction
    ("同比下降14.5%", CHANGE, "-14.5"),
    ("减少3%", CHANGE, "-3"),
    ("增长5.2%", CHANGE, "5.2"),
    ("景宁(-9.5%)", CHANGE, "-9.5"),
    ("景宁（－9.5％）", CHANGE, "-9.5"),
    ("与上年持平", CHANGE, "0"),
    ("分别下降5.3%、11.0%", CHANGE, "-11.0"),
    ("降幅收窄到1.2%", CHANGE, "-1.2"),
    ("增速回落至5.1%", CHANGE, "5.1"),
    ("fell by 3.2 percent", CHANGE, "-3.2"),
    ("a 6.6% increase", CHANGE, "6.6"),
    ("a 3.1 percent decline", CHANGE, "-3.1"),
    ("下降到25%", SHARE, "25"),
    ("下降15%", Sense("%", change=True, falling=True), "15"),
    # ranges
    ("4-5 个", COUNT, "4"),
    ("4-5 个", COUNT, "5"),
    ("4～6个", COUNT, "6"),
    # places
    ("位列全省各市第四位", RANK, "4"),
    ("占比排名全省第5", RANK, "5"),
    ("居全省首位", RANK, "1"),
    ("农民增收十二连冠", RANK, "1"),
    ("ranked seventh among", RANK, "7"),
    ("the 3rd place", RANK, "3"),
    ("No. 2 in the province", RANK, "2"),
    # English
    ("7.48 billion yuan", YUAN, "74.8"),
    ("320 million yuan", YUAN, "3.2"),
    ("nearly one billion", YUAN, "10"),
    ("2.515 million", Sense("万人"), "251.5"),
    ("2,064 kilometers", Sense("公里"), "2064"),
    ("273.7 hectares", Sense("公顷"), "273.7"),
    ("7.4 percent", CHANGE, "7.4"),
    ("9.1 and 10.1 percent", CHANGE, "9.1"),
    ("seven healthcare", COUNT, "7"),
    ("twenty-one counties", COUNT, "21"),
    ("two dozen", COUNT, "2"),
    ("25 4A-level or above", COUNT, "25"),
    # time
    ("2小时内", Sense("分钟"), "120"),
    ("半小时交通圈", Sense("分钟"), "30"),
    ("一个半小时", Sense("分钟"), "90"),
    ("15 分钟生活圈", Sense("分钟"), "15"),
    ("每月调度", Sense("次/年"), "12"),
    ("季分析", Sense("次/年"), "4"),
    # layouts
    ("十纵六横", COUNT, "16"),
    ("四带四地", COUNT, "8"),
    ("1+4+4", COUNT, "9"),
]


@all_of("printed, sense, value", READS)
def test_a_figure_is_read_as_what_it_says(printed, sense, value):
    assert derivable(Decimal(value), printed, sense), readings(printed, sense)


NOT = [
    ("160亿元", YUAN, ["1600", "16", "-160", "0.016"]),
    ("972846万元", YUAN, ["972846", "9728.46"]),
    ("7.48 billion yuan", YUAN, ["7.48", "748"]),
    ("同比下降14.5%", CHANGE, ["14.5"]),
    ("增长5.2%", CHANGE, ["-5.2", "52"]),
    ("五年累计达 720 亿元", YUAN, ["5"]),
    ("两家5A级景区", COUNT, ["5"]),
    ("4A 级以上景区", COUNT, ["4"]),
    ("第四位", COUNT, ["4"]),
    ("16th consecutive", RANK, ["1"]),
    ("13个项目增长5%", YUAN, ["13", "5"]),
    ("提高1.1个百分点", SHARE, ["1.1"]),
    ("是2020年的2.5倍", Sense("倍"), ["3.5"]),
    ("科创中心初步建成", COUNT, ["1"]),
    ("翻一番", YUAN, ["2"]),
    ("成立专班", SHARE, ["10"]),
]


@all_of("printed, sense, values", NOT)
def test_a_figure_is_not_read_as_something_else(printed, sense, values):
    assert not [each for each in values if derivable(Decimal(each), printed, sense)], readings(printed, sense)


@all_of(
    "printed, bound",
    [
        ("达 70%以上", Bound.AT_LEAST),
        ("不低于70%", Bound.AT_LEAST),
        ("2 家以上", Bound.AT_LEAST),
        ("超过 81.6 岁", Bound.MORE),
        ("突破千亿", Bound.MORE),
        ("2小时内", Bound.AT_MOST),
        ("不超过 5%", Bound.AT_MOST),
        ("7%左右", Bound.ABOUT),
        ("接近百万", Bound.ABOUT),
        ("达到2250亿元", Bound.NONE),
        ("一带内部半小时", Bound.NONE),
    ],
)
def test_the_words_beside_a_figure_say_which_way_it_binds(printed, bound):
    text = plain(printed)
    assert bound_of(text, mentions(text)[-1]) is bound


AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(999_999), places=2)
FORMS = [
    ("{v}亿元", "亿元", 1),
    ("完成投资{v}亿元以上", "亿元", 1),
    ("{v}万元", "亿元", Decimal("0.0001")),
    ("{v} billion yuan", "亿元", 10),
    ("{v:,} million", "万人", 100),
    ("约{v:,}公里", "公里", 1),
    ("占比达到{v}%", "%", 1),
    ("{v}小时", "分钟", 60),
    ("{v}万千瓦", "千瓦", 10_000),
]


@given(value=AMOUNTS, form=st.sampled_from(FORMS))
def test_whatever_is_printed_in_a_usual_form_is_read_back(value, form):
    words, unit, size = form
    assert derivable(value * size, words.format(v=value), Sense(unit))


@given(value=AMOUNTS, form=st.sampled_from(FORMS), factor=st.sampled_from(["0.1", "10", "100", "-1"]))
def test_a_lost_point_or_sign_is_never_read(value, form, factor):
    words, unit, size = form
    if unit == "亿元" and size == Decimal("0.0001") and factor == "100":
        return
    assert not derivable(value * size * Decimal(factor), words.format(v=value), Sense(unit))


_SIGNS = "零一二三四五六七八九"


def in_signs(number: int) -> str:
    """A whole number under ten thousand in Chinese signs, as it is usually written."""
    words, rest = "", number
    for size, sign in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, size)
        if digit:
            words += _SIGNS[digit] + sign
        elif words and rest and not words.endswith("零"):
            words += "零"
    words += _SIGNS[rest] if rest or not words else ""
    return words.removesuffix("零").replace("一十", "十", 1) if 10 <= number < 20 else words or "零"


@given(st.integers(min_value=1, max_value=9999))
def test_numbers_in_signs_are_read_back(number):
    assert derivable(Decimal(number), f"建成{in_signs(number)}个项目", COUNT)
    assert derivable(Decimal(number), f"建成{in_signs(number)}万亩", Sense("万亩"))


@given(st.text(max_size=60))
def test_no_text_stops_the_reading(text):
    for sense in (YUAN, SHARE, CHANGE, RANK, COUNT, Sense("倍"), Sense("次/年"), Sense("")):
        readings(text, sense)
