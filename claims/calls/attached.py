"""The papers that lie with a call or a filing: those of the house, and those of the claim."""

from collections.abc import Iterable
from typing import Final

from claims.facts import Case
from claims.rules.asked import listed
from claims.tables import SettlementRow
from documents.forms import FORMS
from documents.forms.call_rows import Attached

_OWN: Final = ("claim_receipt", "decision_letter", "recovery_statement")
"""Papers of the house that a party is shown."""


def attached(
    case: Case, settlement: SettlementRow, papers: Iterable[tuple[str, str]]
) -> tuple[Attached, ...]:
    """Return the settlement statement, the house's papers before it, and the claim's papers.

    `papers` are kind and number of what the house issued on the claim, oldest first. The claim's
    are those of the policy and those that were asked for besides.
    """
    statement = f"{case.claim.number}-S{settlement.sequence}"
    issued = [Attached(_title(kind), number) for kind, number in papers if kind in _OWN]
    received = [
        Attached(name, case.claim.file["papers"][code])
        for code, name in listed(case.contract.papers, case.claim.file).items()
        if code in case.claim.file["papers"]
    ]
    return (Attached(_title("settlement_statement"), statement), *issued, *received)


def _title(kind: str) -> str:
    """Return what a paper of the house is called, as it stands at its own head."""
    title = FORMS[kind].title
    return f"{title.zh} {title.en}"
