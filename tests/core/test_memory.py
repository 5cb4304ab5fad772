"""What a process that stays remembers: the same for the very same objects, nothing for equal ones, nothing unasked."""

from decimal import Decimal

from build_scripts.core.memory import once, remembering, remembers, the_same


def test_without_being_asked_to_nothing_is_remembered():
    assert not remembers()
    part = object()
    assert once("kind", (part,), list) is not once("kind", (part,), list)
    assert the_same("kind", "key", one := []) is one
    assert the_same("kind", "key", other := []) is other


def test_the_very_same_parts_give_the_same_result_and_equal_ones_do_not():
    one, equal = Decimal("1.0"), Decimal("1.00")
    with remembering():
        first = once("kind", (one,), lambda: str(one))
        assert once("kind", (one,), lambda: "made again") is first
        assert once("kind", (equal,), lambda: str(equal)) == "1.00"
        assert once("another kind", (one,), lambda: "other") == "other"
        assert once("kind", (one,), lambda: "of another day", "day") == "of another day"
    assert not remembers()


def test_what_a_build_does_not_ask_for_is_forgotten():
    part = object()
    with remembering() as memory:
        first = once("kind", (part,), list)
        memory.turn()
        assert once("kind", (part,), list) is first
        memory.turn()
        memory.turn()
        assert once("kind", (part,), list) is not first


def test_one_text_gives_one_object():
    with remembering() as memory:
        first = the_same("record", ("a", "1.0"), [1])
        memory.turn()
        assert the_same("record", ("a", "1.0"), [1]) is first
        assert the_same("record", ("a", "1.00"), [1]) is not first
