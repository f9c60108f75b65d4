"""The consent letter, filled from a request for leave and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.blocks import Finding as PrintedFinding
from documents.blocks import Label
from documents.forms.consent_letter import ConsentLetter, ConsentPrice
from kernel.finding import Effect
from kernel.money import Money
from underwriting.watch.consent_kind import EN, ZH, ConsentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A request with its answer.

    Attributes:
        kind: of the change.
        granted: is leave given?
        effective_on: first day of the change.
        valid_until: last day on which it may be made; None where refused.
        conditions: English, Chinese.
        findings: as they are stored.
        reason: of the answer.
    """

    kind: ConsentKind
    granted: bool
    effective_on: date
    valid_until: date | None
    conditions: tuple[tuple[str, str], ...]
    findings: tuple[Mapping[str, str], ...]
    reason: str


def consent_letter(
    decided: Decided,
    price: tuple[int, int, int],
    *,
    number: str,
    policy_number: str,
    policyholder: str,
    insured: str,
    loan: str,
    currency: str,
    insurer: str,
    on: date,
) -> ConsentLetter:
    """Return the letter as it is printed.

    `price` in minor units: the premium as it stands, and of the difference what the policyholder
    and what a public payer pays. Findings that only inform are left out of a refusal.
    """
    before, policyholder_pays, subsidy = (Money(minor, currency) for minor in price)
    return ConsentLetter(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        kind=Label(ZH[decided.kind], EN[decided.kind]),
        granted=decided.granted,
        policy_number=policy_number,
        policyholder=policyholder,
        insured=insured,
        loan=loan,
        effective_on=decided.effective_on,
        valid_until=decided.valid_until,
        reason=decided.reason,
        price=ConsentPrice(before, policyholder_pays, subsidy),
        conditions=tuple(f"{zh}。 {en}." for en, zh in decided.conditions),
        findings=tuple(
            PrintedFinding(
                one["code"], f"{one['words_zh']} {one['words']}", one["clause"], one["cure"]
            )
            for one in decided.findings
            if decided.granted or one["effect"] != Effect.INFORM
        ),
    )
