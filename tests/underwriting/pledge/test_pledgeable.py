"""The grounds on which a pledge cannot be registered or kept, each alone, passed and failed."""

import hashlib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from builders import QUOTED, a_basis, a_risk, cny, risk_json, some_inputs, yuan

from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from underwriting.pledge.deed import Debt, PledgeDeed, deed_tested
from underwriting.pledge.examined import Examined, Verdict
from underwriting.pledge.package import entries_of, entry_json, package_findings
from underwriting.pledge.pledgeable import GROUNDS as TESTS
from underwriting.pledge.pledgeable import grounds_tested, pledgeable
from underwriting.pledge.registers import LATEST, edition
from underwriting.products.pledge_guarantee.accept import accept
from underwriting.right_kinds import RightKind

OWNER = "示范机械有限公司"
GROUNDS: Mapping[str, Mapping[str, Any]] = {
    "owner-mismatch": {"owner": "另一公司"},
    "not-granted": {"granted": None},
    "expired": {"expires": "2025-03-03"},
    "outlived": {"expires": "2026-03-09"},
    "fees-unpaid": {"fees_paid_until": "2025-03-02"},
    "lapsed": {"fees_paid_until": "2024-09-02"},
    "ownership-dispute": {"in_dispute": True},
    "seized": {"seized": True},
    "invalidation-pending": {"invalidation_pending": True},
    "pledged-already": {"pledged_elsewhere": True},
    "same-day-twin": {"twin": "ZL202020000001.1"},
}
REFERS: Mapping[str, Mapping[str, Any]] = {
    "co-owners": {"co_owners": ["示范大学"]},
    "licence-conflict": {"licence": "exclusive"},
    "related-transfer": {"acquired_from_related": True, "acquired_on": "2024-06-01"},
    "related-appraiser": {"appraiser": OWNER},
    "same-day-twin": {"twin": "ZL202020000001.1", "continues": True},
    "invalidation-pending": {"invalidation_pending": True, "continues": True},
}
PASSES: Mapping[str, Mapping[str, Any]] = {
    "granted today": {"granted": "2025-03-03"},
    "expires with the loan": {"expires": "2026-03-10"},
    "fees paid to today": {"fees_paid_until": "2025-03-03"},
    "a trademark can be renewed": {"kind": "trademark", "expires": "2025-12-31"},
    "an indication can be renewed": {"kind": "gi", "expires": "2025-12-31"},
    "a work needs no grant": {"kind": "copyright", "granted": None},
    "every co-owner consents": {"co_owners": ["示范大学"], "consents": ["示范大学"]},
    "an ordinary licence": {"licence": "ordinary"},
    "bought from a related party long ago": {
        "acquired_from_related": True, "acquired_on": "2024-03-03",
    },
}  # fmt: skip


def found(right: Mapping[str, Any], others: tuple[str, ...] = ()) -> list[Finding]:
    risk = a_risk(right=right)
    return list(
        pledgeable(risk.rights[0], risk.borrower.name, risk.loan.due, QUOTED, others=others)
    )


def ruled(right: Mapping[str, Any]) -> dict[str, Examined]:
    risk = a_risk(right=right)
    rows = grounds_tested(risk.rights[0], risk.borrower.name, risk.loan.due, QUOTED)
    return {row.code: row for row in rows}


@pytest.mark.parametrize("code", GROUNDS)
def test_each_ground_declines_with_clause_and_cure(code: str) -> None:
    (one,) = found(GROUNDS[code])
    assert (one.code, one.effect) == (code, Effect.DECLINE)
    assert "ZL202010000001.X" in one.en
    assert "ZL202010000001.X" in one.zh
    assert edition().table["grounds"][code] in one.clause
    assert one.cure


@pytest.mark.parametrize("code", REFERS)
def test_each_of_these_is_referred(code: str) -> None:
    (one,) = found(REFERS[code])
    assert (one.code, one.effect) == (code, Effect.REFER)
    assert one.clause
    assert one.cure


@pytest.mark.parametrize("case", PASSES)
def test_what_is_just_in_time_passes(case: str) -> None:
    assert found(PASSES[case]) == []


@pytest.mark.parametrize("kind", list(RightKind))
@pytest.mark.parametrize("code", [code for code in GROUNDS if code != "not-granted"])
def test_a_ground_is_the_same_for_every_kind_that_it_applies_to(kind: str, code: str) -> None:
    codes = [one.code for one in found({"kind": kind, **GROUNDS[code]})]
    renewable = kind in ("trademark", "gi")
    assert codes == ([] if code == "outlived" and renewable else [code])


def test_a_year_fee_may_still_be_paid_in_its_grace() -> None:
    """Paid to 31 December 2024: six months of grace end on 30 June 2025, 119 days from today."""
    (one,) = found({"fees_paid_until": "2024-12-31"})
    assert "5% of the year's fee" in one.cure
    assert "within 119 days, by 2025-06-30" in one.cure
    (last,) = found({"fees_paid_until": "2024-09-03"})
    assert (last.code, "within 0 days, by 2025-03-03" in last.cure) == ("fees-unpaid", True)


def test_a_mark_may_still_be_renewed_in_its_grace() -> None:
    (mark,) = found({"kind": "trademark", "expires": "2025-03-01"})
    assert (mark.code, "by 2025-09-01" in mark.cure) == ("expired", True)
    (gone,) = found({"kind": "trademark", "expires": "2024-09-01"})
    assert "renew" not in gone.cure
    (patent,) = found({"expires": "2025-03-01"})
    assert "within" not in patent.cure


def test_the_registers_days_are_counted_from_today() -> None:
    (one,) = found({"in_dispute": True})
    assert one.cure.endswith("within 30 days, by 2025-04-02")


def test_a_twin_that_is_pledged_too_is_no_ground() -> None:
    assert found({"twin": "ZL2"}, others=("ZL2",)) == []
    assert [one.code for one in found({"twin": "ZL2"}, others=("ZL3",))] == ["same-day-twin"]


def test_co_owners_are_named_but_not_those_who_consent() -> None:
    (one,) = found({"co_owners": ["示范大学", "示范研究院"], "consents": ["示范大学"]})
    assert "示范研究院" in one.en
    assert "示范大学" not in one.en


def test_all_grounds_come_at_once() -> None:
    merged = {name: value for one in GROUNDS.values() for name, value in one.items()}
    merged |= {"expires": "2025-03-03", "fees_paid_until": "2025-03-02", "co_owners": ["示范大学"]}
    codes = {one.code for one in found(merged)}
    assert codes == {*GROUNDS, "co-owners"} - {"outlived", "lapsed"}


def test_what_passed_is_told_too_each_on_its_evidence() -> None:
    rows = ruled({"fees_paid_until": "2026-01-01"})
    assert len(rows) == len(TESTS)
    assert {row.verdict for row in rows.values()} == {Verdict.PASSED, Verdict.NOT_APPLICABLE}
    assert all(row.evidence and row.clause and row.en and row.zh for row in rows.values())
    assert "2026-01-01" in rows["fees-unpaid"].evidence
    assert ruled({})["fees-unpaid"].verdict is Verdict.NOT_STATED
    assert ruled({"kind": "copyright"})["not-granted"].verdict is Verdict.NOT_APPLICABLE
    with pytest.raises(AssertionError, match="passed"):
        rows["seized"].finding()


DEED: Mapping[str, Any] = {
    "signed": "2025-03-05", "debt": cny("3000000.00"), "due": "2026-03-10",
    "scope": "principal and interest",
}  # fmt: skip
DEBT = Debt(yuan("3000000.00"), date(2026, 3, 10))


def deed(**changes: Any) -> dict[str, Examined]:
    stated = PledgeDeed.model_validate({**DEED, **changes}, strict=False)
    return {row.code: row for row in deed_tested(stated, DEBT, QUOTED)}


def test_a_whole_pledge_contract_passes_every_test() -> None:
    assert {row.verdict for row in deed().values()} == {Verdict.PASSED}
    none = list(deed_tested(None, DEBT, QUOTED))
    assert {row.verdict for row in none} == {Verdict.NOT_STATED}


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("deed-items", {"debt": None}, "the kind and amount of the debt"),
        ("deed-items", {"due": None, "scope": None}, "when the debt falls due, what the pledge"),
        ("deed-items", {"parties": False}, "both parties"),
        ("deed-items", {"lists_rights": False}, "number and title"),
        ("deed-items", {"signed": None}, "the day of signing"),
        ("deed-debt", {"debt": cny("2999999.99")}, "secures CNY 2,999,999.99"),
        ("deed-due", {"due": "2026-03-11"}, "says 2026-03-11, the loan is due on 2026-03-10"),
        ("deed-capacity", {"pledgor_able": False}, "limited capacity"),
    ],
)
def test_a_defect_of_the_contract_declines(code: str, changes: Any, words: str) -> None:
    rows = deed(**changes)
    assert [key for key, row in rows.items() if row.verdict is Verdict.FAILED] == [code]
    finding = rows[code].finding()
    assert (finding.effect, words in finding.en) == (Effect.DECLINE, True)
    assert "by 2025-04-02" in finding.cure


def a_package() -> list[dict[str, Any]]:
    (sample,) = risk_json()["rights"]
    kinds = ("invention", "trademark", "copyright", "ic_layout", "gi", "design")
    return [{**sample, "kind": kind, "number": f"R{n}"} for n, kind in enumerate(kinds)]


def test_a_package_is_entered_in_each_register_of_its_kinds() -> None:
    risk = a_risk(rights=a_package())
    entries = {register.code: numbers for register, numbers in entries_of(risk.rights)}
    assert entries == {
        "patent": ("R0", "R5"), "trademark": ("R1", "R4"), "copyright": ("R2",),
        "ic_layout": ("R3",),
    }  # fmt: skip
    notes = package_findings(risk.rights)
    assert {one.effect for one in notes} == {Effect.INFORM}
    assert len(notes) == len(entries)
    assert package_findings(a_risk().rights) == ()
    row = entry_json(*entries_of(risk.rights)[2])
    assert (row["authority_zh"], row["working_days"]) == ("中国版权保护中心", 10)


def test_a_right_listed_twice_is_declined() -> None:
    (sample,) = risk_json()["rights"]
    (one,) = package_findings(a_risk(rights=[sample, sample]).rights)
    assert (one.code, one.effect) == ("listed-twice", Effect.DECLINE)


def test_a_proposal_is_declined_for_its_pledge() -> None:
    risk = a_risk(rights=a_package()[:2], deed={**DEED, "debt": cny("1.00")})
    codes = {f.code: f.effect for f in accept(risk, a_basis(some_inputs(risk)))}
    assert codes["deed-debt"] is Effect.DECLINE
    assert codes["register-entry"] is Effect.INFORM


DIGESTS = {"2026-11": "d721f7c27a291f0a"}


@pytest.mark.parametrize("code", DIGESTS)
def test_an_edition_is_never_edited(code: str) -> None:
    """A quote names it: whoever must change a rule adds an edition."""
    text = files("underwriting.pledge.registers").joinpath(f"{code}.toml").read_bytes()
    assert hashlib.sha256(text).hexdigest()[:16] == DIGESTS[code]


def test_every_edition_names_a_register_for_every_kind_and_its_sources() -> None:
    assert LATEST in DIGESTS
    table = edition().table
    assert {edition().register_of(kind).code for kind in RightKind} == set(table["registers"])
    rules = [*table["registers"].values(), *(table[x] for x in ("fees", "renewal", "transfer"))]
    assert all(rule["source"] and rule["grade"] in "ABCK" for rule in rules)
    assert all(rule["unverified"] for rule in rules if rule["grade"] in "CK")
    numbers = {
        int(words[1 : words.index(")")]) for words in table["grounds"].values() if words[0] == "("
    }
    assert numbers == set(range(1, 13))
    with pytest.raises(Invalid, match="no edition"):
        edition("1999-01")
