"""The notice of recourse and the account of recoveries with long names and fifteen digits."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from documents.forms.recourse_notice import RecourseNotice
from documents.forms.recovery_account import Account, Moved, RecoveryAccount
from documents.printed import printed, stated_of
from documents.render import Form, Pdf, render
from documents.sheet import BODY_WIDTH, MARGIN, PAGE_HEIGHT
from documents.stated import read_stated


def _cases() -> ModuleType:
    """The hard names of this folder: tests are no package."""
    if "hard_samples" not in sys.modules:
        path = Path(__file__).with_name("hard_samples.py")
        spec = spec_from_file_location("hard_samples", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["hard_samples"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["hard_samples"])
    return sys.modules["hard_samples"]


hard: Any = _cases()
DAY = date(2026, 10, 1)
PAYEES = ("fund", "bank", "appraiser", "insurer", "policyholder")
WHY = "拍卖成交价款因买受人悔拍而更正 the price was put right since the buyer withdrew"


def notice(named: Any) -> RecourseNotice:
    """Co-guarantor and insured have the long name."""
    return RecourseNotice(
        number="CL4400202600001-N200", insurer_name=named.insurer_zh, issued_on=DAY,
        claim_number="CL4400202600001", policy_number="PG4400202600001", addressee=named.both,
        role="共同担保人 co-guarantor", insured=named.both, event_on=DAY,
        basis=f"借款合同 loan contract {'HT' * 30}", paid=hard.MOST, received=hard.NIL,
        taken=hard.MOST, asked=hard.MOST, share="16.6667%",
        rights=("保险人自赔偿之日起代位行使权利。 The insurer exercises them.",) * 3,
        notes=tuple(f"{n}. 放弃权利无效 the waiver is void" for n in range(50)),
    )  # fmt: skip


def account(named: Any) -> RecoveryAccount:
    """Five payees, sixty movements; the last of them below nought."""
    moved = tuple(
        Moved(DAY + timedelta(days=n), PAYEES[n % 5], f"FEE-{n:03d}-" + "9" * 20, WHY,
              hard.MOST if n % 2 else -hard.MOST, hard.NIL)
        for n in range(60)
    )  # fmt: skip
    return RecoveryAccount(
        number="CL4400202600001-B", insurer_name=named.insurer_zh, issued_on=DAY,
        claim_number="CL4400202600001", policy_number="PG4400202600001", opens_on=DAY,
        closes_on=DAY + timedelta(days=60),
        accounts=(
            *(Account(one, hard.MOST, hard.MOST, hard.NIL, -hard.MOST) for one in PAYEES),
            Account(named.both, hard.NIL, hard.MOST, hard.MOST, hard.NIL),
        ),
        moved=moved, rule="按承担比例返还 pro rata to what each bore", notes=(named.both,),
    )  # fmt: skip


MAKERS: dict[str, Callable[[Any], Form]] = {"notice": notice, "account": account}
FORMS = {
    (case, paper): make(named)
    for case, named in hard.CASES.items()
    for paper, make in MAKERS.items()
}
FEW = {"notice": 3, "account": 14}


@pytest.fixture(params=FORMS, ids="-".join)
def of(request: pytest.FixtureRequest) -> tuple[str, str]:
    """One case through one paper."""
    key: tuple[str, str] = request.param
    return key


def _text(read: Callable[[Pdf], PdfReader], pdf: Pdf) -> str:
    return "".join("".join(page.extract_text().split()) for page in read(pdf).pages)


def test_it_keeps_to_its_pages_and_margins(of: tuple[str, str]) -> None:
    pdf = render(FORMS[of])
    assert pdf.pages <= FEW[of[1]]
    for page in pypdfium2.PdfDocument(pdf.content):
        words = page.get_textpage()
        for at in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(at)
            assert MARGIN - 1 <= left <= right <= MARGIN + BODY_WIDTH + 1
            assert 30 <= bottom <= top <= PAGE_HEIGHT - 30


def test_it_says_names_and_amounts_whole(
    of: tuple[str, str], pdf_of: Callable[[Form], Pdf], read: Callable[[Pdf], PdfReader]
) -> None:
    text = _text(read, pdf_of(FORMS[of]))
    named = hard.CASES[of[0]]
    assert "".join(named.both.split()) in text
    if of[1] == "notice":
        assert text.count("9,999,999,999,999.99") == 4  # the banner; paid, passed, asked
        assert "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" in text
        assert all(f"{n}.放弃权利无效" in text for n in range(50))
    else:
        assert text.count("9,999,999,999,999.99") == 60 + 5 * 3 + 2
        assert all(f"FEE-{n:03d}-" in text for n in range(60))


def test_it_is_printed_again_to_the_same_bytes(of: tuple[str, str]) -> None:
    pdf = printed(FORMS[of])
    assert printed(read_stated(stated_of(pdf.content))).sha256 == pdf.sha256


def test_an_account_of_nothing_is_one_page() -> None:
    bare = replace(account(hard.CASES["foreign"]), accounts=(), moved=(), notes=())
    assert render(bare).pages == 1
