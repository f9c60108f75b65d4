"""A second refusal says no more than the first, and a first one says all it has to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.preclusion import check_precluded, check_reasoned
from kernel.errors import Conflict, Invalid
from kernel.finding import Effect, Finding

CODES = st.lists(st.sampled_from(["late-notice", "fraud", "old-loan", "not-in-force"]), max_size=5)
GROUND = Finding(
    "fraud", Effect.DECLINE, "the bank colluded", "银行串通", "wording: exclusions", "", "ev_1"
)


@given(CODES, CODES)
def test_new_grounds_and_they_alone_are_refused(first: list[str], now: list[str]) -> None:
    fresh = set(now) - set(first)
    if not first or not fresh:
        check_precluded(first, now)
        return
    with pytest.raises(Conflict) as refused:
        check_precluded(first, now)
    assert refused.value.code == "precluded"
    assert {fault.field for fault in refused.value.faults} == {f"grounds.{one}" for one in fresh}
    assert len(refused.value.faults) == len(fresh)


def test_a_ground_needs_words_clause_and_evidence() -> None:
    check_reasoned([GROUND])
    bare = Finding("fraud", Effect.DECLINE, "", " ", "", "")
    with pytest.raises(Invalid) as refused:
        check_reasoned([GROUND, bare])
    assert {fault.field for fault in refused.value.faults} == {
        f"grounds.fraud.{name}" for name in ("words", "words_zh", "clause", "evidence")
    }
    said = Finding("fraud", Effect.DECLINE, "the bank colluded", "银行串通", "wording", "")
    check_reasoned([said], "claim file")
    with pytest.raises(Invalid, match="evidence"):
        check_reasoned([said])
    with pytest.raises(Invalid, match="there is none"):
        check_reasoned([])
