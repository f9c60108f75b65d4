"""Two timings: called at settlement, or once the final loss is fixed and filed in its days."""

import json
from datetime import date
from pathlib import Path

import pytest
from builders import House, a_risk, folder_of, scheme_text
from calls_floor import act, call_on, calls_on

from claims.answer_call import answer_call
from claims.calls import store
from claims.calls.duties import duties
from claims.calls.filing import filing_rule
from claims.file_with_pool import FinalLoss, file_with_pool, fix_final_loss
from claims.recompute import recompute
from claims.tables import ClaimRow
from kernel.db import books
from kernel.errors import Conflict, Refusal

FIXED = date(2026, 9, 10)
FILE_BY = date(2026, 9, 23)
"""Ten working days after the 10th: Sunday the 20th is worked before the autumn festival."""
ENDED = FinalLoss(FIXED, "recoveries_ended", "(2026) 执 123 号终结裁定 enforcement ended")
LAYER = """
[[layers]]
shares = { fund = "60/100", bank = "20/100", insurer = "20/100" }
"""


def settled_under(house: House, folder: Path, pays_on: str) -> ClaimRow:
    text = scheme_text("local", layers=LAYER, pays_on=pays_on)
    risk = a_risk(cover={"scheme": "local", "settles": "lead"})
    return house.settled(house.policy(risk, schemes_folder=folder_of(folder, local=text)))


@pytest.mark.parametrize("pays_on", ["overdue", "npl"])
def test_a_pool_that_pays_early_is_called_at_settlement(
    house: House, tmp_path: Path, pays_on: str
) -> None:
    claim = settled_under(house, tmp_path, pays_on)
    assert call_on(house, claim, "fund").amount_minor == 180_000_000
    assert house.read(lambda s: store.filings(s, claim.id)) == ()
    with pytest.raises(Conflict, match="nothing-to-file"):
        act(house, fix_final_loss, claim.id, ENDED, on=FIXED)


def test_a_pool_that_pays_on_the_final_loss_is_called_when_it_is_filed(
    house: House, tmp_path: Path
) -> None:
    claim = settled_under(house, tmp_path, "final_loss")
    assert calls_on(house, claim, "fund") == []
    (waiting,) = house.read(lambda s: store.filings(s, claim.id))
    assert (waiting.state, waiting.amount_minor) == ("waiting", 180_000_000)
    with pytest.raises(Conflict, match="filing-not-open"):
        act(house, file_with_pool, claim.id, "fund", on=FIXED)
    house.recover(claim, "100000.00")
    (fixed,) = act(house, fix_final_loss, claim.id, ENDED, on=FIXED)
    assert (fixed.state, fixed.file_by) == ("fixed", FILE_BY)
    (duty,) = house.read(lambda s: duties(s, claim.id, FIXED))
    assert (duty.code, duty.due, duty.done_on) == ("file-fund", FILE_BY, None)
    call = act(house, file_with_pool, claim.id, "fund", on=FILE_BY)
    assert (call.amount_minor, call.state) == (180_000_000, "raised")
    filed = house.read(lambda s: books.documents(s, books.Subject("claim", claim.id)))
    form = next(json.loads(one.stated)["form"] for one in filed if one.kind == "pool_filing")
    assert (form["share"]["minor"], form["returned"]["minor"], form["net"]["minor"]) == (
        180_000_000, 6_000_000, 174_000_000,
    )  # fmt: skip
    assert form["late"] == ""
    with pytest.raises(Conflict, match="filing-not-open"):
        act(house, file_with_pool, claim.id, "fund", on=FILE_BY)
    act(house, answer_call, call.id, FILE_BY, on=FILE_BY)
    with pytest.raises(Conflict, match="nothing-changed"):
        act(house, recompute, claim.id, "nothing changed", on=FILE_BY)
    assert [row.state for row in calls_on(house, claim, "fund")] == ["paid"]


def test_a_late_filing_says_why(house: House, tmp_path: Path) -> None:
    claim = settled_under(house, tmp_path, "final_loss")
    act(house, fix_final_loss, claim.id, ENDED, on=FIXED)
    late = date(2026, 9, 24)
    with pytest.raises(Refusal, match="the last day was 2026-09-23"):
        act(house, file_with_pool, claim.id, "fund", on=late)
    act(house, file_with_pool, claim.id, "fund", "the ruling came on the 24th", on=late)
    (filed,) = house.read(lambda s: store.filings(s, claim.id))
    assert (filed.state, filed.late_words) == ("filed", "the ruling came on the 24th")


@pytest.mark.parametrize(
    ("final", "field"),
    [
        (FinalLoss(FIXED, "because", "x"), "ground"),
        (FinalLoss(date(2026, 9, 11), "declared_final", "x"), "fixed_on"),
        (FinalLoss(date(2026, 5, 31), "declared_final", "x"), "fixed_on"),
    ],
)
def test_a_final_loss_has_a_ground_and_a_day(
    house: House, tmp_path: Path, final: FinalLoss, field: str
) -> None:
    claim = settled_under(house, tmp_path, "final_loss")
    with pytest.raises(Refusal) as refused:
        act(house, fix_final_loss, claim.id, final, on=FIXED)
    assert refused.value.faults[0].field == field


def test_the_days_of_filing_have_a_source_and_a_grade() -> None:
    """Weihai states ten working days; what no text states says so on the paper."""
    weihai, other = filing_rule("weihai-later-years-2020"), filing_rule("zhongshan-2021")
    assert (weihai.filing_days, weihai.grade) == (10, "A")
    assert "[S58]" in weihai.clause
    assert "未经核实" not in weihai.clause
    assert other.grade == "K"
    assert "未经核实 not verified" in other.clause
