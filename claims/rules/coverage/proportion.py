"""Under-insurance and double insurance: the part of a loss that this policy bears, exact.

Insurance Law art. 55: where less than the value is insured and the terms say average, the loss is
borne in the proportion of the sum insured to the value. Art. 56: where several cover the same
interest for more than its value, each bears its sum insured over the sum of all, unless the policy
agrees otherwise. Where they do, the interest is insured in full between them, so none of them also
bears average.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from claims.rules.coverage.known import OtherCover
from claims.rules.kinds.other_cover import OTHER_INSURER, OTHER_SUM
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.contract import Contract

AGREED_OTHERWISE: Final = "bears_before_others"
"""Term of the schedule: this policy bears the whole, whoever else insures it (art. 56 para. 2)."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """A part of the loss that the policy bears.

    Attributes:
        share: of the loss, exact, above 0 and below 1.
        finding: why.
    """

    share: Fraction
    finding: Finding

    @property
    def words(self) -> str:
        """Why not more, as a line of the settlement says it."""
        return f"{self.finding.zh} {self.finding.en} × {self.share}"


def proportions(
    contract: Contract, others: Sequence[OtherCover], file: Mapping[str, Any]
) -> tuple[Proportion, ...]:
    """Return the proportion that applies; none where the whole loss is borne.

    Covers that together exceed the value leave nothing of it uninsured: double insurance takes
    the place of average there, and below the value there is average alone.

    Args:
        contract: the terms of the day of the event.
        others: covers of the same interest that the books know.
        file: of the claim; `other_insurer` and `other_sum_insured` state a further one.
    """
    return tuple(_double(contract, (*others, *_stated(file)))) or tuple(_average(contract))


def share_of(found: tuple[Proportion, ...]) -> Fraction:
    """Return the part of the loss that is borne after all of them."""
    share = Fraction(1)
    for one in found:
        share *= one.share
    return share


def _average(contract: Contract) -> Iterator[Proportion]:
    """Terms say average by freezing the insured value: `agreed.average_value_minor`."""
    value = contract.agreed.get("average_value_minor")
    if value is None or contract.sum_insured.minor >= value:
        return
    share = Fraction(contract.sum_insured.minor, value)
    worth = Money(value, contract.currency)
    yield Proportion(share, Finding(
        "under-insured", Effect.CUT,
        f"insured for {contract.sum_insured} of a value of {worth}: average applies",
        f"保险金额 {contract.sum_insured} 低于保险价值 {worth}，按比例赔偿",
        "Insurance Law art. 55; schedule: average", "insure the full value at the next renewal",
        "schedule: sum insured and insured value",
    ))  # fmt: skip


def also_covered(contract: Contract, others: Sequence[OtherCover]) -> Iterator[Finding]:
    """Yield where another policy covers the event that nobody may claim beside this one.

    It says the part that each policy bears inside the house, exact.

    Each of several insurers bears its proportion because the insured has the rest from the
    others. Where one claim stands for all policies, that rest could be had from nobody: nothing
    is cut, and the policies settle it among themselves.
    """
    same = [one for one in others if one.one_claim]
    every = sum(one.minor for one in same) + contract.sum_insured.minor
    if same and every > _value(contract):
        named = ", ".join(one.named for one in same)
        ours = Fraction(contract.sum_insured.minor, every)
        yield Finding(
            "covered-twice", Effect.REFER,
            f"the same loan is also insured under {named}: one default is one claim, nothing is "
            f"cut, and the policies share it inside the house, {ours} of it to this one",
            f"同一贷款另有 {named} 承保：一次违约只立一案，不作扣减，由各保单内部分担，本单 {ours}",
            "Insurance Law art. 56", "settle under one policy and correct the premium of the other",
            "; ".join(one.evidence for one in same),
        )  # fmt: skip


def unmeasured(contract: Contract, file: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield where another insurer is named and its sum is not known: a person has to ask for it."""
    named = file.get(OTHER_INSURER)
    if named and file.get(OTHER_SUM) is None:
        yield Finding(
            "other-cover-unmeasured", Effect.REFER,
            f"{named} also insures it, for a sum that is not stated: the proportion that "
            f"{contract.sum_insured} bears is not known",
            f"{named} 同时承保，其保险金额未载明，无法计算本单 {contract.sum_insured} 的比例",
            "Insurance Law art. 56",
            "state the sum insured of the other insurer: fact `other_sum_insured`; nought where "
            "it turns out to insure nothing",
            f"stated with the claim: {named}",
        )  # fmt: skip


def _double(contract: Contract, every_other: Sequence[OtherCover]) -> Iterator[Proportion]:
    if contract.agreed.get(AGREED_OTHERWISE):
        return
    others, ours = [one for one in every_other if not one.one_claim], contract.sum_insured.minor
    every = ours + sum(one.minor for one in others)
    if not others or every <= _value(contract):
        return
    named = ", ".join(one.named for one in others)
    total = Money(every, contract.currency)
    yield Proportion(Fraction(ours, every), Finding(
        "double-insured", Effect.CUT,
        f"also insured under {named}: {contract.sum_insured} of {total} in all is ours",
        f"同时投保于 {named}：本单 {contract.sum_insured}，合计 {total}",
        "Insurance Law art. 56", "claim the rest under the other covers",
        "; ".join(one.evidence for one in others),
    ))  # fmt: skip


def _value(contract: Contract) -> Fraction:
    """Return the value of the interest, minor units.

    The loan as a full cover would insure it; else the insured value that the policy states.
    """
    ours = contract.sum_insured.minor
    if contract.loan is None:
        return Fraction(contract.agreed.get("average_value_minor") or ours)
    insured = Fraction(contract.agreed.get("insured_share") or 1)
    return max(Fraction(ours) / insured, Fraction(contract.loan.amount.minor))


def _stated(file: Mapping[str, Any]) -> Iterator[OtherCover]:
    """Yield the other cover that was stated with the claim, if one was."""
    minor = file.get(OTHER_SUM)
    if minor:
        named = file.get(OTHER_INSURER) or "another insurer"
        yield OtherCover(named, minor, f"stated with the claim: {named}")
