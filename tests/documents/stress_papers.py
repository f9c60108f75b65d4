"""The papers that are asked for, made hard: long names, many rows, fifteen digits, mark-up."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from documents.blocks import Clause, Fact, Finding, Label
from documents.forms.bordereau import Bordereau
from documents.forms.bordereau_rows import BordereauTotals
from documents.forms.claim_receipt import Paper
from documents.forms.cover_note import CoverNote
from documents.forms.decision_letter import DecidedLine, DecisionLetter
from documents.forms.premium_note import Due, PaidBy, PremiumNote
from documents.forms.proposal import Proposal, StatedPart
from documents.forms.request_for_papers import RequestForPapers
from documents.forms.subrogation_assignment import Borne, SubrogationAssignment
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


def proposal(form: Proposal) -> Proposal:
    rows = tuple(
        Fact(Label(f"{LONG[:40]} {n}", LONG[-40:]), HOSTILE * (n % 4 + 1)) for n in range(3)
    )
    clause = Clause("很长的免责条款 " + HOSTILE, "保险人不负赔偿责任。" * 100, is_exemption=True)
    parts = tuple(StatedPart(Label(f"权利 {n}", f"right {n}"), rows) for n in range(40))
    return replace(
        form, insurer_name=LONG, applicant=HOSTILE, client=LONG, parts=parts,
        exemptions=(clause, *form.exemptions * 8),
    )  # fmt: skip


def cover_note(form: CoverNote) -> CoverNote:
    return replace(
        form, insurer_name=LONG, policyholder=LONG, insured=HOSTILE + "一" * 6000, beneficiary=LONG,
        insured_sum=MOST, premium=MOST,
    )  # fmt: skip


def premium_note(form: PremiumNote) -> PremiumNote:
    most = Money(MOST.minor - 900, "CNY")
    dues = tuple(
        Due(HOSTILE, LONG, date(2026, 1, 1) + timedelta(days=n), Money(10, "CNY"))
        for n in range(90)
    )
    return replace(
        form, insurer_name=LONG, policyholder=LONG, insured=HOSTILE, net=MOST, tax=NONE,
        dues=(Due(LONG, HOSTILE, date(2026, 1, 1), most), *dues),
        payers=(PaidBy(LONG, most), PaidBy(HOSTILE, Money(900, "CNY"))), total=MOST,
    )  # fmt: skip


def request_for_papers(form: RequestForPapers) -> RequestForPapers:
    papers = tuple(
        Paper(f"{n} {HOSTILE if n % 2 else LONG}", LONG, form.issued_on if n % 3 == 0 else None)
        for n in range(40)
    )
    return replace(form, insurer_name=LONG, addressee=LONG, debtor=HOSTILE, papers=papers)


def decision_letter(form: DecisionLetter) -> DecisionLetter:
    grounds = tuple(
        Finding(f"a-very-long-ground-of-denial-{n}", HOSTILE + LONG, LONG, LONG) for n in range(12)
    )
    lines = tuple(DecidedLine(f"{LONG} {n}", NONE, NONE, NONE, HOSTILE) for n in range(30))
    return replace(
        form, insurer_name=LONG, addressee=HOSTILE, debtor=LONG, decision="denied",
        grounds=grounds, findings=(),
        lines=(DecidedLine("本金 principal", MOST, MOST, NONE, LONG), *lines),
        asked=MOST, adjusted=MOST, approved=NONE,
    )  # fmt: skip


def bordereau(form: Bordereau) -> Bordereau:
    first = form.policies[0]
    policies = (
        replace(first, policyholder=LONG, insured_sum=MOST, premium=MOST, own=MOST),
        *(replace(first, policyholder=HOSTILE, premium=NONE, own=NONE) for _ in range(60)),
    )
    losses = (replace(form.losses[0], whole=MOST, own=MOST),)
    calls = (replace(form.calls[0], called=MOST, unpaid=MOST),)
    back = (replace(form.recoveries[0], reference=HOSTILE, net=MOST, own=MOST),)
    totals = BordereauTotals(*[MOST] * 8)
    return replace(
        form, insurer_name=LONG, scheme_title=LONG, role=HOSTILE, policies=policies,
        losses=losses, calls=calls, recoveries=back, totals=totals,
    )  # fmt: skip


def subrogation_assignment(form: SubrogationAssignment) -> SubrogationAssignment:
    return replace(
        form, insurer_name=LONG, assignor=LONG, debtor=HOSTILE, paid=MOST, loss=MOST,
        borne=(Borne(LONG, HOSTILE, MOST), *(Borne(HOSTILE, LONG, NONE) for _ in range(20))),
        basis=LONG, rights=base._rights(), recourse=(HOSTILE, LONG) * 8, duties=(LONG,) * 5,
    )  # fmt: skip
