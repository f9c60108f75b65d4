"""No mutant of a sealed letter is accepted, even by a register that says yes to everything."""

from collections import Counter
from collections.abc import Callable
from itertools import islice
from types import ModuleType

import pytest

from documents.sealing import Verdict


def _survivors(
    mutants: list[tuple[str, bytes]], check: Callable[[bytes], Verdict]
) -> tuple[list[str], Counter[str]]:
    """Which are accepted, and how often each test caught one."""
    accepted, caught = [], Counter()
    for what, mutant in mutants:
        verdict = check(mutant)
        assert len(verdict.tests) == 10
        assert all(one.en and one.zh for one in verdict.tests)
        caught.update(one.code for one in verdict.failed)
        if verdict.accepted:
            accepted.append(what)
    return accepted, caught


def test_a_hundred_mutants(
    letter: bytes,
    mutant_maker: ModuleType,
    honest: Callable[[bytes], Verdict],
    corrupt: Callable[[bytes], Verdict],
) -> None:
    made = list(islice(mutant_maker.mutants(letter, seed=3), 100))
    assert _survivors(made, corrupt)[0] == []
    accepted, caught = _survivors(made, honest)
    assert accepted == []
    assert caught["registered"] == 100


@pytest.mark.slow
def test_two_thousand_mutants(
    letter: bytes,
    mutant_maker: ModuleType,
    honest: Callable[[bytes], Verdict],
    corrupt: Callable[[bytes], Verdict],
) -> None:
    made = list(islice(mutant_maker.mutants(letter, seed=2026), 2000))
    accepted, caught = _survivors(made, corrupt)
    assert accepted == []
    assert {"pdf", "one-signature", "intact", "whole-file", "one-revision", "certified"} <= set(
        caught
    )
    assert "registered" not in caught
    assert _survivors(made, honest)[0] == []


def test_every_byte_of_the_container_counts(
    letter: bytes, corrupt: Callable[[bytes], Verdict]
) -> None:
    """Hexadecimal digits, their case, and the padding behind the container."""
    start = letter.rindex(b"/Contents <") + 11
    end = letter.index(b">", start)
    for at in range(start, end, 23):
        other = b"1" if letter[at : at + 1] == b"0" else b"0"
        assert not corrupt(letter[:at] + other + letter[at + 1 :]).accepted, at
    for at in range(start, end):
        if letter[at : at + 1].isalpha():
            small = letter[:at] + letter[at : at + 1].lower() + letter[at + 1 :]
            verdict = corrupt(small)
            assert [one.code for one in verdict.failed] == ["whole-file"], at
            break


def test_every_last_byte_of_a_letter_is_needed(
    letter: bytes, corrupt: Callable[[bytes], Verdict]
) -> None:
    for cut in range(1, 40):
        assert not corrupt(letter[:-cut]).accepted


def test_the_mutants_are_mutants(letter: bytes, mutant_maker: ModuleType) -> None:
    made = list(islice(mutant_maker.mutants(letter, seed=1), 300))
    assert all(mutant != letter for _, mutant in made)
    assert {what.split(" ", 1)[0] for what, _ in made} == {
        change.__name__ for change in mutant_maker.CHANGES
    }
