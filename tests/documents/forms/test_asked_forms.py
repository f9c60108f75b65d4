"""The papers that are asked for: each says what it holds, adds up, and stands hard cases."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from documents.blocks import Banner, Listing, written
from documents.fonts import SUBSTITUTES
from documents.render import Pdf, render
from documents.stated import read_stated, stated
from kernel.money import Money


def _lent(stem: str) -> ModuleType:
    name = f"paper_{stem}"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / f"{stem}.py"
        spec = spec_from_file_location(name, path)
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


SAMPLES, STRESS = _lent("samples_papers"), _lent("stress_papers")
GOOD = {name: make() for name, make in SAMPLES.FORMS.items()}
HARD = {name: getattr(STRESS, name)(form) for name, form in GOOD.items()}
EACH = pytest.mark.parametrize("name", GOOD)
BOTH = pytest.mark.parametrize("form", [*GOOD.values(), *HARD.values()],
                               ids=[*GOOD, *(f"hard-{name}" for name in HARD)])  # fmt: skip
ONE_PAGE = ("cover_note", "premium_note", "request_for_papers", "decision_letter")
CNY = "CNY"


def text_of(pdf: Pdf, read: Callable[[Pdf], PdfReader]) -> str:
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


@EACH
def test_every_word_of_it_is_on_the_paper(
    name: str, read: Callable[[Pdf], PdfReader], strings_of: Callable[[object], Any]
) -> None:
    pages = text_of(render(GOOD[name]), read)
    for text in strings_of(GOOD[name]):
        assert "".join(text.translate(SUBSTITUTES).split()) in pages, text


@BOTH
def test_it_is_kept_as_what_it_says_and_read_back(form: Any) -> None:
    assert read_stated(stated(form)) == form


@BOTH
def test_the_same_form_is_the_same_bytes(form: Any) -> None:
    assert render(form).sha256 == render(form).sha256


@EACH
def test_a_name_with_mark_up_makes_no_link(name: str, read: Callable[[Pdf], PdfReader]) -> None:
    reader = read(render(HARD[name]))
    assert not any(page.get("/Annots") for page in reader.pages)
    assert "evil.example" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("name", ONE_PAGE)
def test_a_notice_stands_on_one_page(name: str) -> None:
    assert render(GOOD[name]).pages == 1


@BOTH
def test_every_amount_is_whole(
    form: Any, read: Callable[[Pdf], PdfReader], amounts_of: Callable[[object], Any]
) -> None:
    """No figure of up to 17 digits is broken over two lines."""
    lines = "\n".join(page.extract_text() for page in read(render(form)).pages)
    for amount in set(amounts_of(form)):
        assert str(amount).removeprefix("CNY ").lstrip("-") in lines


def columns_of(form: Any) -> dict[str, Listing]:
    found = [block for block in form.blocks() if isinstance(block, Listing)]
    return {block.heading.en: block for block in found}


def test_a_premium_that_is_not_net_and_tax_is_impossible() -> None:
    form = GOOD["premium_note"]
    with pytest.raises(AssertionError, match="net premium and tax"):
        replace(form, tax=form.tax + Money(1, CNY))


def test_a_premium_note_whose_payers_owe_otherwise_is_not_printed() -> None:
    form = GOOD["premium_note"]
    with pytest.raises(AssertionError, match="does not add up"):
        replace(form, payers=form.payers[:1]).blocks()
    with pytest.raises(AssertionError, match="does not add up"):
        replace(form, dues=form.dues[1:]).blocks()


def test_a_premium_that_is_returned_says_so() -> None:
    form, back = GOOD["premium_note"], Money(-954000, CNY)
    dues = (replace(form.dues[0], amount=back),)
    returned = replace(form, net=back, tax=Money(0, CNY), total=back, dues=dues,
                       payers=(replace(form.payers[0], amount=back),))  # fmt: skip
    banner = returned.blocks()[1]
    assert isinstance(banner, Banner)
    assert (banner.label.zh, banner.value) == ("应退保险费合计", "CNY 9,540.00")
    assert banner.lines[0] == "人民币玖仟伍佰肆拾元整"


def test_a_denial_has_grounds_and_an_acceptance_none() -> None:
    accepted, denied = GOOD["decision_letter"], HARD["decision_letter"]
    with pytest.raises(AssertionError, match="denial has its grounds"):
        replace(accepted, decision="denied")
    with pytest.raises(AssertionError, match="denial has its grounds"):
        replace(denied, decision="accepted")
    assert len(denied.grounds) == 12
    assert [block.tone for block in denied.blocks() if isinstance(block, Banner)] == ["bad"]


def test_a_request_counts_what_is_missing() -> None:
    form = GOOD["request_for_papers"]
    listed = columns_of(form)
    assert form.blocks()[1].value == "2 项 papers"
    assert [row[0] for row in listed["Papers missing"].rows] == [
        "放款凭证 proof of drawdown", "质权登记证 certificate of the pledge",
    ]  # fmt: skip
    assert [row[2] for row in listed["Papers received"].rows] == [date(2027, 7, 1)]
    one = replace(form, papers=form.papers[:2])
    assert one.blocks()[1].value == "1 项 paper"


def test_a_bordereau_balances() -> None:
    """Nothing of the premium, less a million borne, plus thirty thousand given back."""
    form = GOOD["bordereau"]
    assert form.totals.balance == Money(-97_000_000, CNY)
    made = columns_of(form)["How the balance is made up"]
    assert made.total is not None
    assert sum(row[1].minor for row in made.rows) == made.total[1].minor == -97_000_000
    with pytest.raises(AssertionError, match="does not add up"):
        replace(form, totals=replace(form.totals, own_loss=Money(1, CNY))).blocks()


def test_a_bordereau_of_nothing_has_no_totals_of_rows() -> None:
    none = Money(0, CNY)
    totals = type(GOOD["bordereau"].totals)(*[none] * 8)
    form = replace(
        GOOD["bordereau"], policies=(), losses=(), calls=(), recoveries=(), totals=totals
    )
    listed = columns_of(form)
    assert all(listed[name].total is None for name in ("Premium", "Losses", "Calls", "Recoveries"))
    assert render(form).pages == 1


def test_an_assignment_adds_up_to_the_loss_and_is_signed_by_both() -> None:
    form = GOOD["subrogation_assignment"]
    with pytest.raises(AssertionError, match="does not add up"):
        replace(form, loss=form.paid).blocks()
    parties = [name for _, name in form.blocks()[-1].parties]
    assert parties == [form.assignor, form.insurer_name]


def test_a_proposal_prints_only_exemptions_in_full_and_what_is_declared() -> None:
    form = GOOD["proposal"]
    words = "".join(line for block in form.blocks() for line in getattr(block, "lines", ()))
    for article in ("第十六条", "art. 16", "第十七条", "art. 17"):
        assert article in words
    assert all(clause.is_exemption for clause in form.exemptions)


def test_a_cover_note_says_that_the_policy_holds() -> None:
    form = GOOD["cover_note"]
    words = "".join(line for block in form.blocks() for line in getattr(block, "lines", ()))
    assert "以保险单及批单为准" in words
    assert str(form.valid_until) in words
    assert written(form.insured_sum) == "CNY 3,000,000.00"
