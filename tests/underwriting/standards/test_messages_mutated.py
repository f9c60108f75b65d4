"""Thousands of bent messages: each is refused or read as something else, and none breaks the house.

A change is benign only where it lies in the addresses of the envelope, between elements, or in
decimals that mean nothing.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from letters_sample import DECLARING, a_letter, a_single_letter

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.standards.events import Demanded
from underwriting.standards.iso import read_tsrv, read_tsrv005, tsrv001, tsrv005, tsrv013
from underwriting.standards.mt import (
    amendment_read,
    demand_read,
    mt760,
    mt765,
    mt767,
    read_mt,
    terms_read,
)

ON = date(2027, 3, 1)
LETTER = a_letter()
AFTER = replace(LETTER, version=2, amount=Money(1, "CNY"), beneficiaries=(DECLARING,))
DEMAND = Demanded(
    reference="D1",
    on=ON,
    amount=Money(100, "CNY"),
    complete=True,
    statement_en="Not paid",
    statement_zh=None,
)
SIGNS = ":/-\r\n{}<>&; ,.0179AZaz成\x00\u202e"


def bent(text: str, rng: random.Random) -> str:
    """One character changed, added or taken away, or a piece doubled, moved or cut."""
    at, to = rng.randrange(len(text)), rng.randrange(len(text))
    low, high = min(at, to), min(max(at, to), min(at, to) + 80)
    piece = text[low:high]
    return rng.choice(
        [
            text[:at] + rng.choice(SIGNS) + text[at + 1 :],
            text[:at] + rng.choice(SIGNS) + text[at:],
            text[:at] + text[at + 1 :],
            text[:low] + text[high:],
            text[:high] + piece + text[high:],
            text[:low] + text[high:to] + piece + text[max(high, to) :],
        ]
    )


CASES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "mt760": (mt760(LETTER), lambda text: terms_read(read_mt(text))),
    "mt760 single": (mt760(a_single_letter()), lambda text: terms_read(read_mt(text))),
    "mt767": (mt767(LETTER, AFTER, on=ON), lambda text: amendment_read(read_mt(text), LETTER)),
    "mt765": (mt765(LETTER, DEMAND), lambda text: demand_read(read_mt(text))),
    "tsrv.001": (tsrv001(LETTER, b"%PDF").decode(), lambda text: read_tsrv(coded(text))),
    "tsrv.005": (
        tsrv005(LETTER, AFTER, on=ON).decode(),
        lambda text: read_tsrv005(coded(text), LETTER),
    ),
    "tsrv.013": (tsrv013(LETTER, DEMAND).decode(), lambda text: read_tsrv(coded(text))),
}


def coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", CASES)
def test_no_bent_message_breaks_the_reader(name: str) -> None:
    text, read = CASES[name]
    whole, rng = read(text), random.Random(name)
    refused = same = 0
    for _ in range(400):
        other = bent(text, rng)
        try:
            found = read(other)
        except Invalid:
            refused += 1
            continue
        same += found == whole
    assert refused > 200, (refused, same)
    assert same < 100, (refused, same)


def test_what_is_read_the_same_is_written_the_same() -> None:
    """A bent MT760 that reads as the same terms differs in its envelope, line ends or decimals."""
    text, read = CASES["mt760"]
    whole, rng = read(text), random.Random(1)
    for _ in range(800):
        other = bent(text, rng)
        try:
            message = read_mt(other)
            found = terms_read(message)
        except Invalid:
            continue
        if found == whole:
            body = other.replace("\r\n", "\n").partition("{4:")[2].removesuffix("\n")
            expected = text.replace("\r\n", "\n").partition("{4:")[2]
            assert body.replace("CNY5000000,0\n", "CNY5000000,00\n") == expected
