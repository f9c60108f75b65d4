"""A third party says that the insured infringes: cost of defence by stage, and damages.

What is asked passes in this order: the adjuster's allowance; one cause, one claim; damages as they
were adjudged, or agreed with consent, once they were; what of them the wording leaves out; a
settlement without consent, re-assessed (Insurance Law
Interpretation IV art. 19); what others who are liable have paid; the terms of the policy as
`payment.pay` applies them; the sum insured still free. The cost of mitigation stands beside them,
up to a second sum insured (Insurance Law art. 57). Every amount is cumulative over the life of the
claim, in minor units.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from claims.rules.kinds.cut import (
    Cut,
    allowed_of,
    cuts_of,
    first,
    lines_of,
    stated_minor,
    taken_by,
)
from claims.rules.kinds.kind import Kind, Stated
from claims.rules.kinds.liability_facts import (
    CONCLUDED,
    CONSENTS,
    FACTS,
    PUNITIVE,
    REASSESSED,
    REIMBURSED,
    apart,
)
from claims.rules.kinds.liability_terms import terms_of
from claims.rules.line import Line
from kernel.sharing import Loss, LossBase
from underwriting.products.infringement_liability.cause import CAUSE
from underwriting.products.infringement_liability.payment import DAMAGES, Payment, pay
from underwriting.products.infringement_liability.suit_terms import STAGES

MITIGATION: Final = "mitigation"

LINES: Final = {
    "pre_suit": "诉前应对 answering the demand",
    "first_instance": "一审抗辩费用 defence, first instance",
    "invalidation": "无效反制 counter-action against the right",
    "appeal": "二审抗辩费用 defence, appeal",
    DAMAGES: "损害赔偿及经同意的和解款 damages, consented settlement",
    MITIGATION: "施救费用 cost of mitigation",
}
"""Parts of a claim, in the order in which they bear the retention and are paid."""

_TERMS: Final = {
    "retention": ("每次索赔免赔额 retention", "wording: order of terms; schedule: retention"),
    "coinsurance": ("共保比例 copay", "wording: order of terms; schedule: copay"),
    "stage_cap": ("阶段费用限额 stage cap", "schedule: stage caps"),
    "sublimit": ("分项限额 sublimit", "schedule: sublimits"),
    "limit": ("每次索赔限额 limit any one claim", "schedule: limit"),
    "aggregate": ("累计限额 aggregate", "schedule: aggregate"),
}
"""Term of the policy -> its words, its clause."""


def cuts(stated: Stated) -> tuple[Cut, ...]:
    """Return everything that is taken from what is asked, in the order applied.

    What is asked less the cuts of a line is approved of it, to the minor unit.
    """
    left, found = allowed_of(LINES, stated.asked, stated.adjusted)
    if elsewhere := _elsewhere(stated, left):
        return (*found, *elsewhere)
    apart = left.pop(MITIGATION)
    for taken in _before_terms(stated, left):
        found += taken
        left |= {cut.line: left[cut.line] - cut.minor for cut in taken}
    paid = _paid(stated, left)
    for term, (words, clause) in _TERMS.items():
        found += cuts_of(term, paid.taken.get(term, {}), words, clause)
    words, clause = "余下保险金额 sum insured still free", "schedule: sum insured"
    found += cuts_of("room", taken_by(paid.paid, first(paid.paid, stated.room)), words, clause)
    return (*found, *_second_sum(stated, apart))


def _elsewhere(stated: Stated, left: Mapping[str, int]) -> Sequence[Cut]:
    """Return everything where an earlier demand has the same cause: it is asked on its claim.

    So no cause bears two limits, or one demand of it no retention.
    """
    known = stated.file.get(CAUSE)
    first_on = date.fromisoformat(known) if known else stated.event_on
    if first_on >= stated.event_on:
        return ()
    words = f"并入 {first_on} 的索赔 asked on the claim of {first_on}"
    return tuple(cuts_of("one_cause", left, words, "wording: one cause, one claim"))


def _before_terms(stated: Stated, left: Mapping[str, int]) -> Sequence[Sequence[Cut]]:
    """Return what comes off before the terms of the policy, step by step."""
    file, currency, damages = stated.file, stated.contract.currency, left[DAMAGES]
    steps = [list(_found(file, damages))]
    damages -= sum(cut.minor for cut in steps[0])
    punitive = min(damages, stated_minor(file, PUNITIVE, currency))
    words = "罚款、惩罚性赔偿、未来许可费 fines, punitive damages, future royalties"
    steps.append(list(cuts_of("punitive", {DAMAGES: punitive}, words, "wording: exclusions")))
    damages -= punitive
    if file.get("settled_unconsented"):
        owed = min(damages, stated_minor(file, REASSESSED, currency))
        words = "未经同意的和解，重新核定 settled without consent, re-assessed"
        clause = "保险法司法解释四 Interpretation IV art. 19; wording: consent"
        steps.append(list(cuts_of("reassessed", {DAMAGES: damages - owed}, words, clause)))
        damages = owed
    came = stated_minor(file, REIMBURSED, currency)
    order = {DAMAGES: damages, **{stage: left[stage] for stage in reversed(STAGES)}}
    words = "其他责任人已付 received from others who are liable"
    steps.append(list(cuts_of("reimbursed", first(order, came), words, "保险法 art. 60")))
    return steps


def _found(file: Mapping[str, Any], damages: int) -> Iterable[Cut]:
    """Return what of the damages no court found and no settlement that stands agrees.

    A consent that nobody signed yet stands beside what is concluded. Where a matter came to no
    end and to no consent, nothing is known to bound it.
    """
    ended, open_ = file.get(CONCLUDED, ()), file.get(CONSENTS) or {}
    if not (ended or open_):
        return ()
    owed = sum(int(one["minor"]) for one in (*ended, *open_.values()))
    shown = "; ".join([*(str(one["reference"]) for one in ended), *open_])
    words = f"判决或经同意的和解所定 adjudged, or agreed with consent: {shown}"
    clause = "保险法 Insurance Law art. 65; wording: cover, consent"
    return cuts_of("adjudged", {DAMAGES: max(0, damages - owed)}, words, clause)


def _paid(stated: Stated, left: Mapping[str, int]) -> Payment:
    """Apply the terms; earlier claims have used the aggregate, or each of the two of them."""
    terms = terms_of(stated.contract, stated.file)
    used = {line: minor for line, minor in stated.used.paid.items() if line != MITIGATION}
    if terms.inside:
        return pay(terms, left, used=sum(used.values()))
    damages = used.pop(DAMAGES, 0)
    return pay(terms, left, used=damages, used_cost=sum(used.values()))


def _second_sum(stated: Stated, asked: int) -> Sequence[Cut]:
    """Return what of the cost of mitigation lies above a second sum insured."""
    left = stated.contract.sum_insured.minor - stated.used.paid.get(MITIGATION, 0)
    over = {MITIGATION: max(0, asked - max(0, left))}
    words = "另计，以保险金额为限 beside the loss, up to a second sum insured"
    return tuple(cuts_of("second_sum", over, words, "保险法 Insurance Law art. 57"))


def approve(stated: Stated) -> tuple[Line, ...]:
    """Return every line with what is approved of it, and every cut on the line it hits."""
    asked, adjusted = stated.asked, stated.adjusted
    return lines_of(LINES, asked, adjusted, cuts(stated), stated.contract.currency)


def loss(lines: Sequence[Line], currency: str) -> Loss:
    """Return what the scheme shares: all lines, which every loss base counts.

    The price took the issuer's part of every payment, so the payment does the same.
    """
    return Loss(sum(line.approved for line in lines), 0, 0, currency)


LIABILITY: Final = Kind(
    code="liability",
    product="infringement_liability",
    zh="侵权责任",
    en="liability for infringement",
    event_zh="首次索赔或起诉日",
    event_en="day on which the demand or suit was first made",
    insured="被保险人 Insured",
    debtor="投保人 Policyholder",
    payment="应付赔款 Payment",
    lines=LINES,
    facts=FACTS,
    approve=approve,
    loss=loss,
    to_third_party=frozenset({DAMAGES}),
    beside=frozenset({MITIGATION}),
    shares=dict.fromkeys(LossBase, ("核定的费用及赔偿", "the approved cost and damages")),
    apart=apart,
)
"""Claims of a firm that is said to infringe."""
