"""Letters, notices and calls of claims made hard: long names, forty lines, fifteen digits."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from documents.blocks import Finding
from documents.forms.call_receipt import PartPaid
from documents.forms.call_rows import Attached, Reckoned
from documents.forms.claim_receipt import Deadline
from documents.forms.issued_report import PrintedChange, PrintedFigure, PrintedRow
from documents.forms.reservation_letter import ReservedGround
from documents.forms.signed_rows import Dissented, SignedShare
from kernel.money import Money


def _sibling(name: str) -> ModuleType:
    """Import a file of this folder by its path: tests are no package."""
    known = f"paper_{name}"
    if known not in sys.modules:
        spec = spec_from_file_location(known, Path(__file__).parent / f"{name}.py")
        sys.modules[known] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


base = _sibling("stress")
LONG, HOSTILE, MOST, NONE = base.LONG_NAME, base.HOSTILE, base.MOST, base.NONE
ON = date(2027, 7, 1)
PAPERS = tuple(
    Attached(f"{n} {HOSTILE if n % 3 == 0 else LONG}", f"CL-{n:040d}") for n in range(40)
)


def overdue_receipt(form: Any) -> Any:
    deadlines = tuple(Deadline(f"{n} {LONG}", HOSTILE, ON + timedelta(days=n)) for n in range(40))
    findings = tuple(Finding(f"a-finding-{n}", HOSTILE, LONG, LONG) for n in range(6))
    return replace(
        form, insurer_name=LONG, bank=LONG, borrower=HOSTILE, loan="HT" * 60, principal=MOST,
        interest=MOST, deadlines=deadlines, findings=findings,
    )  # fmt: skip


def dunning_letter(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, bank=HOSTILE, borrower=LONG, loan="HT" * 60, joint=False,
        principal=Money(MOST.minor - 1, "CNY"), interest=Money(1, "CNY"), method=LONG,
    )  # fmt: skip


def recourse_notice(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, addressee=LONG, insured=HOSTILE, basis=LONG, paid=MOST,
        received=NONE, taken=MOST, asked=MOST, rights=(LONG, HOSTILE) * 20, notes=(LONG,) * 5,
    )  # fmt: skip


def reservation_letter(form: Any) -> Any:
    grounds = tuple(ReservedGround(f"{n} {HOSTILE}", LONG, LONG) for n in range(40))
    return replace(
        form, insurer_name=LONG, insured=LONG, counterparty="", method=LONG, clause=LONG,
        grounds=grounds,
    )  # fmt: skip


def settlement_consent(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, insured=LONG, counterparty=HOSTILE, proposed=MOST, consented=None,
        terms=LONG * 4, merits=HOSTILE * 4, reason="", clause=LONG,
    )  # fmt: skip


def issued_report(form: Any) -> Any:
    figures = tuple(
        PrintedFigure(
            f"指标{n}", LONG if n == 3 else "figure", str(MOST), HOSTILE if n == 5 else ""
        )
        for n in range(8)
    )
    rows = tuple(PrintedRow(f"{n} {LONG}", figures) for n in range(10))
    changes = tuple(PrintedChange(LONG, "指标", "figure", str(NONE), str(MOST)) for _ in range(40))
    return replace(
        form, insurer_name=LONG, subject_zh="统计" * 20, subject_en="Statistics " * 10, whom=LONG,
        clause=LONG, source=HOSTILE, rows=rows, changes=changes, notes=(LONG,) * 6,
    )  # fmt: skip


def signed_statement(form: Any) -> Any:
    nobody = SignedShare(LONG, NONE, "尚未签署 not signed yet")
    someone = SignedShare(HOSTILE, MOST, "已签署并保留不同意见 signed, and dissents", LONG, ON)
    dissents = tuple(Dissented(LONG, HOSTILE, ON, LONG * (n % 3 + 1), "") for n in range(12))
    return replace(
        form, insurer_name=LONG, scheme_title=LONG, insured=LONG, debtor=HOSTILE, eligible=MOST,
        signed=(someone, *(nobody,) * 39), dissents=dissents,
    )  # fmt: skip


def _called(form: Any) -> Any:
    return replace(
        form.called, party=LONG, role=HOSTILE, payee=LONG, scheme_title=LONG, insured=LONG,
        debtor=HOSTILE,
    )  # fmt: skip


def call_letter(form: Any) -> Any:
    nil = tuple(Reckoned(f"{n} {LONG}", NONE) for n in range(39))
    return replace(
        form, insurer_name=LONG, called=_called(form), reckoned=(Reckoned(HOSTILE, MOST), *nil),
        asked=MOST, clause=LONG, papers=PAPERS, notes=(LONG,) * 6,
    )  # fmt: skip


def call_refund(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, called=_called(form), reckoned=(Reckoned(LONG, MOST),),
        refunded=MOST, clause=LONG, papers=PAPERS,
    )  # fmt: skip


def call_dispute(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, called=_called(form), asked=MOST, disputed=MOST, undisputed=NONE,
        reason=LONG * 6, clause=HOSTILE,
    )  # fmt: skip


def call_receipt(form: Any) -> Any:
    parts = (
        PartPaid("W" * 60, ON, Money(MOST.minor - 39, "CNY")),
        *(PartPaid(HOSTILE, ON, Money(1, "CNY")) for _ in range(39)),
    )
    return replace(form, insurer_name=LONG, called=_called(form), paid=MOST, parts=parts)


def call_default(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, called=_called(form), asked=MOST, paid=NONE, owed=MOST,
        residual=LONG, rule=LONG,
    )  # fmt: skip


def pool_filing(form: Any) -> Any:
    return replace(
        form, insurer_name=LONG, pool=LONG, scheme_title=LONG, insured=LONG, debtor=HOSTILE,
        loss=MOST, share=MOST, returned=NONE, net=MOST, asked=MOST, words=LONG * 3, late=LONG,
        rule=LONG, papers=PAPERS,
    )  # fmt: skip
