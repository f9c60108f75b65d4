"""Own filings of past years: numbers, or amounts capped at the limit of a matter."""

from typing import Any

import pytest
from loss_cases import a_basis, a_proposal, checked, money

from underwriting.products.infringement_loss.experience import GroundUp, history_of
from underwriting.products.infringement_loss.rating import rate
from underwriting.products.infringement_loss.schedule import schedule_of
from underwriting.products.infringement_loss.severity import matter
from underwriting.products.infringement_loss.terms_read import matter_terms


def factor(history: dict[str, Any] | None) -> float:
    proposal = checked({**a_proposal(), "history": history})
    basis = a_basis()
    found = history_of(proposal, basis, schedule_of(proposal, basis), matter_terms(proposal))
    assert rate(proposal, basis).experience == found.experience
    return found.experience.factor


def test_no_history_changes_nothing() -> None:
    assert factor(None) == 1.0


def test_numbers_by_hand() -> None:
    """(a + claims) / (a + years x rate), a = 8.16 of the published rate of suits."""
    yearly = 0.00136 * 2.8 * 1.18 * (1 + 0.0036 / 0.00236)
    for years, claims in ((5, 0), (5, 1), (10, 2)):
        by_hand = (8.16 + claims) / (8.16 + years * yearly)
        assert factor({"years": years, "claims": claims}) == pytest.approx(by_hand)


def test_a_small_claim_weighs_less_than_a_large_one() -> None:
    small, large = (
        factor({"years": 5, "claims": 1, "incurred": [money(amount)]})
        for amount in (5_000, 3_000_000)
    )
    none = factor({"years": 5, "claims": 0, "incurred": []})
    assert none < small < large


def test_one_large_claim_does_not_speak_for_all() -> None:
    huge, capped = (
        factor({"years": 5, "claims": 1, "incurred": [money(amount)]})
        for amount in (900_000_000, 850_000)
    )
    assert huge == capped


def test_the_law_of_a_claim_is_that_of_a_matter_from_the_ground() -> None:
    proposal = checked(a_proposal())
    schedule, terms = schedule_of(proposal, a_basis()), matter_terms(proposal)
    law = GroundUp(schedule, terms)
    whole = matter(schedule.rights[0].laws, terms).left[0].sum()
    assert float(law.between(0.0, 1e15)) == pytest.approx(whole)
    assert float(law.between(0.0, 1e7)) < whole
    assert float(law.squares_between(0.0, 1e7)) <= 1e7 * float(law.between(0.0, 1e7))
