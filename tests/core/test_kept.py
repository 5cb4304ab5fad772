"""Kept results: found again when whole, made again when anything about them is not as it was kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from build_scripts.core.kept import keep, kept, key_of, look

KEY, OTHER = key_of("one"), key_of("two")


def never() -> bytes:
    raise AssertionError("made again")


def test_what_was_kept_is_found_and_not_made_again(tmp_path):
    assert kept(tmp_path, "charts", KEY, lambda: b"<svg/>") == b"<svg/>"
    assert kept(tmp_path, "charts", KEY, never) == b"<svg/>"
    assert look(tmp_path, "charts", OTHER) is None
    assert look(tmp_path, "cards", KEY) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n<svg/>\n", bytes(range(256))])
def test_any_bytes_are_kept(tmp_path, data):
    keep(tmp_path, "charts", KEY, data)
    assert look(tmp_path, "charts", KEY) == data


def broken(whole: bytes) -> dict[str, bytes]:
    head, _, data = whole.partition(b"\n")
    return {
        "empty": b"",
        "cut": whole[:-1],
        "only the head": head + b"\n",
        "without a head": data,
        "another picture": head + b"\n<svg><script>x()</script></svg>",
        "one bit": whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:],
        "more": whole + b" ",
    }


@pytest.mark.parametrize("kind", broken(b"h\nabcdef"))
def test_what_is_not_whole_is_made_again_and_kept(tmp_path, kind):
    keep(tmp_path, "charts", KEY, b"<svg>right</svg>")
    path = tmp_path / "charts" / KEY
    path.write_bytes(broken(path.read_bytes())[kind])
    assert look(tmp_path, "charts", KEY) is None
    assert kept(tmp_path, "charts", KEY, lambda: b"<svg>right</svg>") == b"<svg>right</svg>"
    assert kept(tmp_path, "charts", KEY, never) == b"<svg>right</svg>"


def test_a_result_of_another_key_or_kind_is_not_taken_for_it(tmp_path):
    keep(tmp_path, "charts", OTHER, b"<svg>other</svg>")
    keep(tmp_path, "cards", KEY, b"card")
    for source in (tmp_path / "charts" / OTHER, tmp_path / "cards" / KEY):
        (tmp_path / "charts" / KEY).write_bytes(source.read_bytes())
        assert look(tmp_path, "charts", KEY) is None


def test_keys_tell_where_one_part_ends(tmp_path):
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}) == 4
    assert key_of("a") == key_of(b"a")


def test_many_keep_the_same_at_once_and_leave_nothing_else(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _number: kept(tmp_path, "charts", KEY, lambda: b"x" * 9999), range(64)))
    assert set(made) == {b"x" * 9999}
    assert [path.name for path in (tmp_path / "charts").iterdir()] == [KEY]
