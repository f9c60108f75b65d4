"""An indication: the range is that of the quotes behind it, and every assumption is named."""

import json
from dataclasses import replace
from datetime import date
from itertools import product as combinations
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kernel.errors import Invalid
from kernel.money import Money
from kernel.sharing import Facts
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.indicate import indication_on
from underwriting.indication.asked import IndicationAsked
from underwriting.indication.assumed import taken
from underwriting.indication.indication import Indication
from underwriting.inputs import Inputs
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.limits import load_limits
from underwriting.product import Risk
from underwriting.products import product
from underwriting.providers import OfflineProvider, read_rights
from underwriting.providers.edge import open_rights
from underwriting.receipt import price
from underwriting.schemes import load_schemes

ON = date(2025, 3, 3)
LINE = product("pledge_guarantee")
PATENTS = open_rights(Path(__file__).parents[3] / "docs" / "examples" / "patents.csv")
BARE: dict[str, Any] = {
    "rights": [{"number": "EXAMPLE-0001"}],
    "loan": {"amount": "3000000.00", "currency": "CNY"},
    "term_months": 12,
}
STATED: dict[str, Any] = {
    "grade": "BB", "scheme": "qingdao-2015", "annual_rate": "0.0435", "value_multiple": 3.0,
}  # fmt: skip


def inputs_of(risk: Risk) -> Inputs:
    asked = risk.asked()
    facts = Facts(loan_minor=asked.amount.minor, ip_share=asked.ip_share, tier=asked.tier)
    return Inputs(
        product=LINE.code, risk=risk.model_dump(mode="json"), scheme=load_schemes()[asked.scheme],
        terms=LINE.terms, priors=load_priors(), fits=fits_in_force(LINE.code, ON), facts=facts,
        exposures=Exposures.nothing(asked.amount.currency), limits=load_limits(), on=ON,
    )  # fmt: skip


def asked(**changes: Any) -> IndicationAsked:
    return IndicationAsked.model_validate_json(json.dumps(BARE | changes))


def indicated(known: OfflineProvider = PATENTS, /, **changes: Any) -> Indication:
    return indication_on(asked(**changes), known, inputs_of, ON)


def a_quote(**changes: str) -> Money:
    """The premium of one proposal that is written out by hand, through the receipt."""
    value = {"amount": changes["value"], "currency": "CNY"}
    right = {
        "kind": "invention", "number": "EXAMPLE-0001", "title": "x", "office": "CN",
        "owner": "示范机械有限公司", "filed": "2020-03-01", "granted": "2022-05-06",
        "expires": "2040-03-01", "fees_paid_until": "2026-03-01", "family": "EXAMPLE-F1",
        "technology": "B25J", "appraised": value, "appraised_on": "2025-03-03", "appraiser": "x",
    }  # fmt: skip
    proposal = {
        "product": "pledge_guarantee",
        "borrower": {"name": right["owner"], "register_id": "NOBODY", "grade": changes["grade"]},
        "loan": {
            "contract": "x", "amount": BARE["loan"], "annual_rate": changes["rate"],
            "term_months": 12, "drawdown": "2025-03-03", "plan": "bullet", "purpose": "x",
            "refinancing": False,
        },
        "rights": [right],
        "cover": {"scheme": changes["scheme"]},
    }  # fmt: skip
    risk = LINE.risk.model_validate_json(json.dumps(proposal))
    return price(LINE, inputs_of(risk)).premium.total


@pytest.fixture(scope="module")
def bare() -> Indication:
    return indicated()


def test_the_range_is_that_of_the_quotes_behind_it(bare: Indication) -> None:
    """All sixteen proposals, written out by hand and priced through the receipt."""
    premiums = [
        a_quote(grade=grade, value=value, rate=rate, scheme="own-account").minor
        for grade, value, rate in combinations(
            ("A", "BBB", "BB", "B"), ("15000000.00", "6000000.00"), ("0.03", "0.045")
        )
    ]
    assert len(bare.variants) == 16
    assert sorted(premiums) == [one.premium.minor for one in bare.variants]
    assert (bare.low.premium.minor, bare.high.premium.minor) == (min(premiums), max(premiums))


def test_the_dear_end_is_the_worst_grade_and_the_lowest_value(bare: Indication) -> None:
    assert bare.low.choice == {
        "grade": "A", "value_multiple": "5.0", "annual_rate": "0.03", "scheme": "own-account",
    }  # fmt: skip
    assert bare.high.choice == {
        "grade": "B", "value_multiple": "2.0", "annual_rate": "0.045", "scheme": "own-account",
    }  # fmt: skip


def test_every_assumption_is_named_with_source_grade_and_cure(bare: Indication) -> None:
    fields = [one.field for one in bare.assumptions]
    assert fields == [
        "grade", "value_multiple", "annual_rate", "scheme",
        "plan", "borrower", "ip_share", "drawdown", "refinancing",
    ]  # fmt: skip
    assert all(one.source and one.cure and one.en and one.zh for one in bare.assumptions)
    assert all(one.grade in "ABCK" for one in bare.assumptions)


def test_what_is_stated_is_not_assumed_and_the_range_closes() -> None:
    one = indicated(**STATED)
    assert len(one.variants) == 1
    assert one.low.premium == one.high.premium
    by_hand = a_quote(grade="BB", value="9000000.00", rate="0.0435", scheme="qingdao-2015")
    assert one.low.premium == by_hand
    assert {"grade", "scheme", "annual_rate", "value_multiple"}.isdisjoint(
        assumption.field for assumption in one.assumptions
    )


@pytest.mark.parametrize("field", ["grade", "annual_rate", "value_multiple"])
def test_stating_a_field_narrows_the_range_by_what_was_promised(
    bare: Indication, field: str
) -> None:
    width = bare.high.premium.minor - bare.low.premium.minor
    values = {"grade": ["A", "BBB", "BB", "B"], "annual_rate": ["0.03", "0.045"],
              "value_multiple": [5.0, 2.0]}[field]  # fmt: skip
    left = []
    for value in values:
        one = indicated(**{field: value})
        assert bare.low.premium.minor <= one.low.premium.minor
        assert one.high.premium.minor <= bare.high.premium.minor
        left.append(one.high.premium.minor - one.low.premium.minor)
    assert bare.worth(field).minor == width - max(left)


def test_a_value_of_ones_own_is_taken_and_the_rest_share_the_multiple() -> None:
    value = {"amount": "1000000.00", "currency": "CNY"}
    rights = [{"number": "EXAMPLE-0001", "appraised": value}, {"number": "EXAMPLE-0002"},
              {"number": "EXAMPLE-0003"}]  # fmt: skip
    one = indicated(**STATED, rights=rights)
    taken_as = [right["appraised"]["amount"] for right in one.low.valued.inputs.risk["rights"]]
    assert taken_as == ["1000000.00", "4500000.00", "4500000.00"]


def test_all_values_stated_leave_no_multiple_to_assume() -> None:
    value = {"amount": "9000000.00", "currency": "CNY"}
    one = indicated(rights=[{"number": "EXAMPLE-0001", "appraised": value}])
    assert "value_multiple" not in {assumption.field for assumption in one.assumptions}
    assert len(one.variants) == 8


def test_a_silent_record_is_an_assumption_of_its_own() -> None:
    one = indicated(**STATED, rights=[{"number": "EXAMPLE-0003"}])
    fields = {assumption.field for assumption in one.assumptions}
    assert fields >= {
        "rights[0].in_dispute", "rights[0].invalidation_pending", "rights[0].pledged_elsewhere",
        "rights[0].expires",
    }  # fmt: skip


def test_what_the_record_says_stands_among_the_findings() -> None:
    one = indicated(**STATED, rights=[{"number": "EXAMPLE-0004"}])
    assert "right-ended" in {finding.code for finding in one.always}
    later = indication_on(asked(**STATED), PATENTS, inputs_of, date(2026, 2, 1))
    codes = {finding.code for finding in later.always}
    assert "invalidation-pending" in codes
    assert "declined" in later.outcomes


def test_findings_that_depend_on_the_grade_are_told_apart(bare: Indication) -> None:
    assert "grade" in {finding.code for finding in bare.sometimes}
    assert not set(bare.always) & set(bare.sometimes)
    assert bare.outcomes


def test_a_number_that_is_not_known_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        indicated(rights=[{"number": "EXAMPLE-0001"}, {"number": "EXAMPLE-9"}])
    assert refusal.value.code == "no-such-right"
    assert [fault.field for fault in refusal.value.faults] == ["rights[1].number"]


def test_a_record_without_owner_and_days_is_too_thin() -> None:
    row = {"number": "X", "office": "CN", "as_of": "2025-01-01", "kind": "trademark"}
    with pytest.raises(Invalid) as refusal:
        indicated(read_rights(json.dumps([row]), "x.json"), rights=[{"number": "X"}])
    fields = {fault.field for fault in refusal.value.faults}
    assert fields == {"rights[0].owner", "rights[0].filed", "rights[0].expires"}


@pytest.mark.parametrize(
    "changes",
    [
        {"loan": {"amount": "0.00", "currency": "CNY"}},
        {"plan": "custom"},
        {"rights": []},
        {"rights": [{"number": "X", "appraised": {"amount": "1.00", "currency": "EUR"}}]},
        {"term_months": 0},
    ],
)
def test_what_cannot_be_asked_is_refused_by_the_form(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        asked(**changes)


def test_facts_are_asked_once_for_a_scheme() -> None:
    calls = []

    def counted(risk: Risk) -> Inputs:
        calls.append(risk.asked().scheme)
        return inputs_of(risk)

    indication_on(asked(grade="BB"), PATENTS, counted, ON)
    assert calls == ["own-account"]


def test_the_shipped_figures_say_what_they_are() -> None:
    assert all(row["grade"] in "ABCK" and row["source"] for row in _rows())
    assert all(row["values"] for row in _rows())
    assert load_schemes()["own-account"]


def _rows() -> list[dict[str, Any]]:
    return [row for row in taken().values() if isinstance(row, dict)]


def test_a_range_of_one_price_is_worth_nothing_more() -> None:
    one = indicated(**STATED)
    assert one.worth("grade") == Money(0, "CNY")
    assert replace(one, variants=one.variants[:1]).low is one.low
