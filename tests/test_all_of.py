"""Many small cases in one test: none is left out, and each that fails is named."""

from pathlib import Path

import pytest
from all_of import all_of

SEEN: list[int] = []


@all_of("number, square", [(1, 1), (2, 5), (3, 9), (4, 15)], ids=lambda case: f"the square of {case[0]}")
def squares(number, square):
    SEEN.append(number)
    assert number * number == square, "wrong"


def test_every_case_is_run_and_each_that_fails_is_named_with_what_it_says():
    SEEN.clear()
    with pytest.raises(BaseExceptionGroup) as told:
        squares()
    assert SEEN == [1, 2, 3, 4]
    assert str(told.value).startswith("2 of 4 cases fail: in the case: the square of 2; in the case: the square of 4")
    assert [str(error).splitlines()[0] for error in told.value.exceptions] == ["wrong", "wrong"]


def test_a_case_that_breaks_or_fails_by_word_hides_none_after_it():
    @all_of("word", ["break", "fail", "pass"])
    def said(word):
        if word == "fail":
            pytest.fail("by word")
        assert {"pass": True}[word]

    with pytest.raises(BaseExceptionGroup) as told:
        said()
    assert [type(error) for error in told.value.exceptions] == [KeyError, pytest.fail.Exception]


def test_no_case_at_all_is_a_mistake():
    with pytest.raises(AssertionError):
        all_of("word", [])


def test_a_name_that_the_test_does_not_take_is_a_mistake():
    with pytest.raises(AssertionError):
        all_of("wrod", ["one"])(lambda word: word)


@pytest.fixture
def ten():
    return 10


@pytest.mark.parametrize("more", [1, 2])
@all_of("number", range(3))
def test_it_goes_together_with_fixtures_and_rows_of_tests(ten, more, number, request):
    assert ten + more > number
    assert Path(request.node.location[0]).name == "test_all_of.py"
