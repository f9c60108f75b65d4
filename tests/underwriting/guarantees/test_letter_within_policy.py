"""What a letter guarantees its policy insures, its pledge secures once; refusals say all of it."""

from datetime import date
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, a_demand, a_use, an_end, stated
from letter_stated import RIGHT, STATED, a_letter_risk

from kernel.db.engine import read
from kernel.errors import Invalid
from underwriting.amend_letter import amend_letter
from underwriting.draft_letter import draft_letter, preview_letter
from underwriting.end_letter import release_sheets, withdraw_letter
from underwriting.endorse import Change, change
from underwriting.guarantees import store
from underwriting.guarantees.account import paid_under
from underwriting.guarantees.stated import ChangeStated, PledgePaperStated
from underwriting.history.proposal import Terms
from underwriting.issue_pledge_paper import pledge_sheets
from underwriting.products import product
from underwriting.reserve_tax import reserve_tax
from underwriting.sign_letter import sheets_to_sign

MARCH_12 = date(2025, 3, 12)


def cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def a_change(**parts: Any) -> Change:
    risk = product("customs_guarantee").risk.model_validate(a_letter_risk(**parts), strict=False)
    return Change(Terms(risk=risk), MARCH_12, "as the importer asks")


@pytest.mark.parametrize(
    ("less", "fields"),
    [
        ({"cover": {"amount": cny("2999999.99")}}, ["amount"]),
        ({"use": {"usable_until": "2026-03-08"}}, ["usable_until"]),
        (
            {"cover": {"amount": cny("2000000.00")}, "use": {"claim_until": "2026-09-08"}},
            ["amount", "claim_until"],
        ),
    ],
)
def test_a_policy_insures_no_less_than_its_letter(
    issuer: Any, less: Any, fields: list[str]
) -> None:
    letter = issuer.accepted()
    refused = issuer.refuse(
        "letter-above-policy", change, letter.policy_id, a_change(**less), on=MARCH_12, keep=False
    )
    assert [one.field for one in refused.faults] == fields
    assert all(letter.number in one.problem for one in refused.faults)
    if "amount" in fields:
        assert "CNY 3,000,000.00" in refused.faults[0].problem


def test_a_policy_without_an_open_letter_is_cut_as_before(issuer: Any) -> None:
    letter = issuer.drafted()
    asked = a_change(cover={"amount": cny("2000000.00")})
    args = (change, letter.policy_id, asked)
    issuer.refuse("letter-above-policy", *args, on=MARCH_12, keep=False)
    issuer.do(withdraw_letter, letter.id, "by mistake", on=QUOTED)
    desk = a_desk(MARCH_12, "clerk", "chief")
    looked = read(issuer.engine, lambda s: change(s, *args[1:], desk=desk, keep=False))
    assert looked.committed is False


def test_one_registered_pledge_stands_behind_one_letter(issuer: Any) -> None:
    letter, second = issuer.drafted(), issuer.policy()
    named = {"on": QUOTED, "demonstration": True}
    (fault,) = issuer.refuse("letter-refused", draft_letter, second.id, stated(), **named).faults
    assert fault.field == "letter.pledge-behind-another-letter"
    assert letter.number in fault.problem
    assert letter.number in fault.cure
    _, grounds = issuer.do(preview_letter, second.id, stated(), **named)
    assert [one.code for one in grounds] == ["pledge-behind-another-letter"]
    own = {"number": RIGHT, "registration": "Y2025510000002", "registered_on": "2025-02-28"}
    issuer.do(draft_letter, second.id, stated(pledges=[own]), **named)
    issuer.do(withdraw_letter, letter.id, "by mistake", on=QUOTED)
    issuer.do(draft_letter, issuer.policy().id, stated(), **named)


def test_a_letter_is_not_signed_on_a_pledge_that_another_has(
    issuer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two drafts at the same time, neither of which saw the other."""
    with monkeypatch.context() as blind:
        blind.setattr("underwriting.draft_letter.pledged_elsewhere", lambda *_: ())
        one, other = issuer.drafted(), issuer.drafted()
    with pytest.raises(Exception, match=f"pledge-behind-another-letter.*{one.number}"):
        issuer.signed(letter=other)
    issuer.do(withdraw_letter, one.id, "the other is meant", on=QUOTED)
    papers = issuer.papered(sheets_to_sign, lambda *_, **__: True, other.id, on=QUOTED)
    assert papers is True


def test_a_letter_of_earlier_books_is_extended_all_the_same(
    issuer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two letters in force on one pledge: what changes one of them is signed as before."""
    with monkeypatch.context() as blind:
        blind.setattr("underwriting.draft_letter.pledged_elsewhere", lambda *_: ())
        blind.setattr("underwriting.sign_letter.check_pledged_once", lambda *_: None)
        issuer.accepted()
        letter = issuer.accepted()
    asked = {"reason": "less", "consent": "C-1", "amount": cny("2500000.00")}
    edition = issuer.do(
        amend_letter, letter.id, ChangeStated.model_validate(asked, strict=False), on=MARCH_12
    )
    issuer.signed(on=MARCH_12, letter=letter)
    kept = read(issuer.engine, lambda s: store.version(s, letter.id, edition.edition))
    assert kept.state == "signed"


def test_every_fault_of_a_draft_is_named_at_once(issuer: Any) -> None:
    policy = issuer.policy()
    wrong = stated(
        districts=[{"code": "7900", "en": "Shifan Customs"}, {"code": "5101", "en": "Other"}],
        pledges=[*STATED["pledges"], {**STATED["pledges"][0], "number": "ZL0"}],
        examination_days=30,
        place_en="成都",
    )
    for act in (draft_letter, preview_letter):
        refused = issuer.refuse(
            "letter-refused", act, policy.id, wrong, on=QUOTED, demonstration=True
        )
        assert isinstance(refused, Invalid)
        problems = [f"{one.field}: {one.problem}" for one in refused.faults]
        for words in (
            "districts: has no name in Latin letters for 7901",
            "districts: 5101 is none",
            "pledges: ZL0 is no right",
        ):
            assert any(one.startswith(words) for one in problems), words
        fields = {one.field for one in refused.faults}
        assert {"letter.demand-days", "letter.english-character"} <= fields


def test_surcharge_beyond_the_amount_is_owed_before_a_pledge_is_freed(issuer: Any) -> None:
    """The importer paid the tax ten days late; the letter paid surcharge beyond its amount."""
    policy = issuer.policy(cover={"surcharge": "beyond"})
    letter = issuer.accepted(letter=issuer.drafted(policy))
    issuer.reserve(letter, a_use())
    issuer.tax_paid(letter, a_use(on="2025-04-06"), on=date(2025, 4, 6))
    issuer.demand(letter, a_demand(tax="0.00", surcharge=cny("1300.00")))
    issuer.pay(letter, "C1")
    row = read(issuer.engine, lambda s: store.declarations(s, letter.id))[0]
    assert (row.paid_minor, row.paid_beyond_minor) == (0, 1300_00)
    assert read(issuer.engine, lambda s: paid_under(s, store.letter(s, letter.id))) == 1300_00
    on = date(2025, 6, 2)
    named = {"on": on, "public_url": "https://letters.example"}
    (notice,) = issuer.do(release_sheets, letter.id, an_end("C-9"), **named)
    assert notice.form.paid.minor == 1300_00
    issuer.release(letter, an_end("C-9"), on)
    freed = PledgePaperStated(
        kind="release", released=(RIGHT,), grounds_zh="已清", grounds_en="settled"
    )
    (fault,) = issuer.refuse("still-secures", pledge_sheets, letter.id, freed, on=on).faults
    assert fault.field == "settled_by"


def test_amounts_in_refusals_are_written_as_money(issuer: Any) -> None:
    letter = issuer.accepted()
    too_much = a_use(amount="3000000.01")
    (fault,) = issuer.refuse(
        "above-available", reserve_tax, letter.id, too_much, on=MARCH_12
    ).faults
    assert fault.problem == "CNY 3,000,000.01 is above the CNY 3,000,000.00 that is available"
    assert fault.cure == "give at most CNY 3,000,000.00"
    issuer.reserve(letter, a_use())
    demand = issuer.demand(letter, a_demand(tax="260000.01"))
    (ground,) = demand.grounds
    assert "CNY 260,000.01 is above the CNY 260,000.00 that is open" in ground["words"]
    assert "minor" not in ground["words"]
