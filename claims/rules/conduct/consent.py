"""A settlement asked for consent: what follows from the answer, from silence, from none asked.

The insurer does not withhold consent without reason. A settlement that it did not approve is
assessed again and not void (Insurance Law Interpretation IV art. 19).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from claims.rules.kinds import Kind
from claims.rules.kinds.liability_facts import REASSESSED
from kernel.errors import Fault
from kernel.finding import Effect, Finding

UNCONSENTED = "settled_unconsented"
"""Conduct of the file: was the matter settled without consent?"""

CLAUSE = "保险条款：同意；保险法司法解释四第十九条 wording: consent; Interpretation IV art. 19"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A settlement that consent was asked for.

    Attributes:
        number: for people.
        minor: proposed.
        answer_by: last day for the answer.
        answered_on: None while there is no answer.
        consented: minor units consented to; None where refused or not answered.
        reason: of a refusal; empty where none was given.
        counterparty: with whom, as the insured named it.
        concluded: was it signed?
    """

    number: str
    minor: int
    answer_by: date
    answered_on: date | None
    consented: int | None
    reason: str
    counterparty: str = ""
    concluded: bool = False

    @property
    def refused_without_reason(self) -> bool:
        """Was consent withheld with nothing said?"""
        return self.answered_on is not None and self.consented is None and not self.reason


def withheld(proposals: Iterable[Proposal], on: date) -> Iterator[Finding]:
    """Yield refusals without a reason, and answers that are overdue."""
    for one in proposals:
        if one.refused_without_reason:
            yield Finding(
                "consent-withheld", Effect.REFER,
                f"consent to settlement {one.number} was refused without a reason",
                f"未附理由拒绝同意和解 {one.number}", CLAUSE,
                "state the reason, or re-assess the settlement at what was proposed",
                f"settlement {one.number}",
            )  # fmt: skip
        elif one.answered_on is None and on > one.answer_by:
            yield Finding(
                "consent-overdue", Effect.REFER,
                f"settlement {one.number} has had no answer since {one.answer_by}",
                f"和解请求 {one.number} 逾 {one.answer_by} 未获答复", CLAUSE,
                "answer it; silence is neither consent nor a reason",
                f"settlement {one.number}",
            )  # fmt: skip


def reassessed(minor: int, proposal: Proposal | None) -> tuple[bool, int | None]:
    """Return whether a settlement had no consent, and the figure it is re-assessed at.

    Up to what was consented it has consent; above, the consented part is re-assessed at itself.
    Refused without a reason, it stands at what was proposed until a person finds another figure.
    None: a person has to find the figure first.

    >>> reassessed(100, None), reassessed(100, Proposal("C", 90, date.max, date.min, 90, ""))
    ((True, None), (True, 90))
    """
    if proposal is None:
        return True, None
    if proposal.consented is not None:
        over = minor > proposal.consented
        return over, proposal.consented if over else None
    if proposal.refused_without_reason:
        return True, min(minor, proposal.minor)
    return True, None


def reassess(findings: Iterable[Finding], kind: Kind, file: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield findings; want of consent is no refusal but a re-assessment.

    Without the figure that the insurer finds owed, the claim waits for it. Kinds that have no such
    figure are left as they are.
    """
    known = REASSESSED in {fact.name for fact in kind.facts}
    for one in findings:
        if not known or one.code != "settled-unconsented" or one.effect is not Effect.DECLINE:
            yield one
        elif file.get(REASSESSED) is None:
            cure = "state what is found owed of all of it: fact `reassessed`"
            code = "reassessment-unknown"
            yield replace(one, code=code, effect=Effect.WAIT, clause=CLAUSE, cure=cure)
        else:
            cure = "nothing to do: it is paid up to what was found owed"
            yield replace(one, effect=Effect.CUT, clause=CLAUSE, cure=cure)


def held_back(
    line: str, minor: int, proposals: Sequence[Proposal], file: Mapping[str, Any]
) -> Iterator[Fault]:
    """Yield why what is owed to a third party is not paid on account yet.

    What the decision asks, a payment before it asks too: a judgment; or the consent of the house,
    up to its amount; or, of a settlement without consent, the figure that is found owed, to which
    the line is then cut, whatever else was adjudged. Of several consents see `_given`. Where
    nothing was put to the house, an adjuster has established that nothing was settled without it.

    Args:
        line: of the claim.
        minor: minor units of it that are recognised on account, all in all.
        proposals: that consent was asked for.
        file: of the claim.
    """
    field, without = f"amounts.{line}", file.get(UNCONSENTED)
    given = _given(proposals)
    if without and file.get(REASSESSED) is None:
        cure = "state what is found owed of all of it: fact `reassessed`"
        yield Fault(field, "the matter was settled without consent", cure)
    elif without or file.get("judgment"):
        return
    elif not given and (proposals or without is None):
        cure = "consent to a settlement, or record the judgment, then pay the third party"
        yield Fault(field, "nothing is owed yet", cure)
    elif given and minor > sum(given):
        words = "is, with what was paid before, more than was consented to"
        cure = "pay up to the consents that stand, consent to more, or record what was signed"
        yield Fault(field, words, cure)


def _given(proposals: Sequence[Proposal]) -> list[int]:
    """Return the consents that stand, minor units; `proposals` come first to newest.

    A proposal names no demand but with whom it is: of one counterparty the newest consent takes
    the place of those before it, unless they were signed. Who makes two demands is paid on the
    first beside the second once the first is concluded.
    """
    newest = {one.counterparty: one for one in proposals if one.consented is not None}
    return [
        one.consented
        for one in proposals
        if one.consented is not None and (one.concluded or one is newest[one.counterparty])
    ]
