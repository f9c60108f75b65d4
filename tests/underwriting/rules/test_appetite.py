"""The gravest finding decides, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.finding import Effect, Finding, worst
from underwriting.rules.appetite import Outcome, decide


def a_finding(effect: Effect) -> Finding:
    return Finding("code", effect, "seen", "所见", "clause", "cure")


@pytest.mark.parametrize(
    ("effects", "outcome"),
    [
        ((), Outcome.ACCEPTED),
        ((Effect.INFORM,), Outcome.ACCEPTED),
        ((Effect.INFORM, Effect.REFER), Outcome.REFERRED),
        ((Effect.WAIT,), Outcome.REFERRED),
        ((Effect.CUT,), Outcome.REFERRED),
        ((Effect.DECLINE, Effect.REFER, Effect.INFORM), Outcome.DECLINED),
    ],
)
def test_the_decision(effects: tuple[Effect, ...], outcome: Outcome) -> None:
    assert decide(tuple(map(a_finding, effects))) is outcome


@given(st.lists(st.sampled_from(Effect)))
def test_order_does_not_matter_and_more_findings_never_help(effects: list[Effect]) -> None:
    findings = tuple(map(a_finding, effects))
    grave = list(Outcome)
    assert decide(findings) is decide(findings[::-1])
    assert grave.index(decide(findings)) >= grave.index(decide(findings[1:]))
    assert not findings or worst(findings) in effects
