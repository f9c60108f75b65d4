"""Every finding says what shows it: the fact, since when, and the paper with its day."""

from datetime import date
from functools import cache
from itertools import product as every
from typing import Any

import pytest
from builders import MATTERS, SAMPLES, a_basis, some_inputs

from claims.rules.coverage.evidence import evidence_on, evidenced
from claims.rules.coverage.matter import Matter
from claims.rules.coverage.table import table
from claims.rules.kinds import KINDS
from kernel.finding import Effect, Finding
from underwriting.products import product
from underwriting.rules.contract import Contract

EVENT, TOLD = date(2025, 12, 1), date(2025, 12, 3)
FILE: dict[str, Any] = {
    "known_on": "2025-12-01",
    "papers": {"right_status": "2025-12-04", "acceptance_notice": "2025-12-03"},
    "right_number": "ZL202010000001.X",
    "of_notice": ["known_on", "right_number"],
}


@cache
def terms_of(code: str) -> Contract:
    """The contract that a sound proposal would freeze."""
    risk = product(code).risk.model_validate(dict(SAMPLES[code]), strict=False)
    return product(code).contract(risk, a_basis(some_inputs(risk)))


def a_matter(**file: Any) -> Matter:
    return Matter(
        contract=terms_of("infringement_loss"), event_on=EVENT, notified_on=TOLD,
        file={**FILE, **file},
    )  # fmt: skip


def test_a_fact_of_the_notice_and_one_of_an_assessment_say_their_day() -> None:
    of_notice = evidence_on("right-not-insured", a_matter())
    named = "被侵权权利号码 number of the right = ZL202010000001.X"
    assert f"{named}，报案载明 stated with the notice of 2025-12-03" in of_notice
    assert "register extract and fee receipts，收到 received 2025-12-04" in of_notice
    noted = a_matter(right_in_force=False, noted_on={"right_in_force": "2025-12-09"})
    shown = evidence_on("right-not-in-force", noted)
    assert "权利有效 right in force = 否 no，认定于 established on 2025-12-09" in shown


def test_a_fact_whose_origin_is_not_kept_names_no_source() -> None:
    shown = evidence_on("right-not-in-force", a_matter(right_in_force=False))
    assert "权利有效 right in force = 否 no，卷内记载 on file" in shown
    assert "notice" not in shown


def test_every_fact_that_is_evidence_has_its_name_and_an_amount_its_currency() -> None:
    rests = table("evidence")["code"].values()
    facts = {fact for one in rests for fact in one["facts"]} - {"event", "notice"}
    assert facts <= set(table("evidence")["fact"])
    file = {"settled_unconsented": True, "reassessed": 45_000_00}
    assert "CNY 45,000.00" in evidence_on("reassessment", a_matter(**file))


def test_the_paper_that_an_adjuster_names_is_the_evidence() -> None:
    named = a_matter(right_in_force=False, shown_by={"right_in_force": "acceptance_notice"})
    shown = evidence_on("right-not-in-force", named)
    assert "notice that the filing was accepted，收到 received 2025-12-03" in shown
    assert "register extract" not in shown


def test_what_is_not_known_says_that_nothing_is_on_file() -> None:
    assert evidence_on("filing-not-accepted-unknown", a_matter()) == (
        "立案已受理 filing accepted：卷内无记载 nothing is on file"
    )
    assert evidence_on("first-infringement-unknown", a_matter()).startswith(
        "首次侵权日 first infringed on"
    )


def test_a_day_of_the_claim_is_evidence_and_so_is_its_paper() -> None:
    shown = evidence_on("not-in-force", a_matter())
    assert shown.startswith("事故日 event of 2025-12-01，报案 as notified on 2025-12-03")
    assert "acceptance" not in shown or "2025-12-03" in shown
    assert evidence_on("a-code-of-nobody", a_matter()) == "报案 notice of 2025-12-03"


def test_what_the_books_have_shown_is_left_as_it_is() -> None:
    found = Finding("not-in-force", Effect.DECLINE, "x", "x", "x", "", "loan event OD-1")
    assert evidenced(found, a_matter()) is found


@pytest.mark.parametrize("code", list(KINDS))
def test_every_finding_of_every_product_has_evidence(code: str) -> None:
    """All answers yes, all no, all open: whatever is found says what shows it."""
    line = product(code)
    facts = dict(MATTERS[code][1]) if code in MATTERS else {}
    facts = {name: str(one) if isinstance(one, date) else one for name, one in facts.items()}
    codes = set()
    for answer, event, stated in every((True, False, None), (EVENT, date(2031, 1, 1)), ({}, facts)):
        file = {**FILE, **stated, **dict.fromkeys(line.conduct, answer)}
        matter = Matter(contract=terms_of(code), event_on=event, notified_on=event, file=file)
        for found in line.test_cover(
            matter.contract, default_date=event, notified_on=event, file=file, on=event
        ):
            assert evidenced(found, matter).evidence
            codes.add(found.code.removesuffix("-unknown"))
    known = set(table("evidence")["code"])
    assert codes <= known, "the table names every finding that a product has"


def test_the_table_names_papers_that_some_product_asks_for() -> None:
    papers = {one for code in KINDS for one in product(code).terms["papers"]}
    for code, rests in table("evidence")["code"].items():
        assert set(rests["papers"]) <= papers, code
