"""Papers that readiness finds on file: those of the policy and its rights, of no other matter."""

from datetime import date

import pytest
from builders import SAMPLES, SETTLED, House, a_desk

from claims.readiness import Readiness, readiness
from underwriting.products import product, products
from underwriting.tables import PolicyRow


def ready(house: House, policy: PolicyRow, day: date) -> Readiness:
    found: Readiness = house.read(lambda s: readiness(s, policy.id, day, desk=a_desk(day)))
    return found


def test_papers_of_the_policy_are_on_file_and_those_of_another_matter_are_not(
    house: House,
) -> None:
    policy, day = house.policy(), date(2025, 6, 10)
    came = ("loan_contract", "claim_form")
    house.claim(policy, default_date=day, known_on=day, papers=came, on=date(2025, 6, 11))
    found = ready(house, policy, date(2025, 12, 1))
    assert found.case.claim.file["papers"] == {"loan_contract": "2025-06-11"}
    assert {"loan_contract", "claim_form"} & set(found.missing) == {"claim_form"}


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("infringement_loss", {"right_status"}),
        ("infringement_liability", set()),
        ("customs_guarantee", {"guarantee_record"}),
    ],
)
def test_the_papers_of_one_matter_do_not_make_another_ready(
    house: House, code: str, kept: set[str]
) -> None:
    policy = house.policy(product(code).risk.model_validate(SAMPLES[code], strict=False))
    claim = house.claim(policy)
    assert set(claim.file["papers"]) == set(policy.contract["papers"])
    found = ready(house, policy, SETTLED)
    assert set(found.case.claim.file["papers"]) == kept
    assert set(found.missing) == set(policy.contract["papers"]) - kept
    assert not found.ready


def test_every_product_says_which_of_its_papers_are_kept() -> None:
    for one in products().values():
        assert set(one.terms["papers_kept"]["codes"]) <= set(one.terms["papers"])
