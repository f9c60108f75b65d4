"""A demand examined on its face: every discrepancy at once, each with clause and cure."""

from collections.abc import Callable, Iterator

from sqlmodel import Session

from kernel.errors import Conflict
from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.period import add_days
from kernel.working_days import Calendar
from underwriting.guarantees import store
from underwriting.guarantees.account import account_of, beyond_of, declared_of
from underwriting.guarantees.owed import due_on, in_force_from, most_surcharge
from underwriting.guarantees.stated import DemandStated
from underwriting.guarantees.tables import LetterRow
from underwriting.letters import declared
from underwriting.letters.clocks import last_day_of_demand, surely_late
from underwriting.letters.guards import check_claimable, check_district
from underwriting.letters.terms import LetterTerms

TERM = "Tariff Law art. 43: term of payment, surcharge"

_ZH = {
    "claim-too-late": "索赔已逾索赔截止日",
    "district-not-beneficiary": "索赔海关不是本保函的受益人",
    "above-open": "索赔税款超出该报关单名下尚未了结的金额",
    "above-available": "索赔金额超出保函可用额度",
    "above-surcharge-limit": "索赔滞纳金超出其限额",
    "demand-open": "该报关单已有未答复的索赔",
}


def examined(
    session: Session,
    row: LetterRow,
    terms: LetterTerms,
    stated: DemandStated,
    *,
    calendar: Calendar,
) -> tuple[Finding, ...]:
    """Return every discrepancy of a demand that is not on record yet; empty: it is in order."""
    late = surely_late(stated.received_on, terms.claim_until, calendar)
    last = last_day_of_demand(terms.claim_until, calendar) if late else stated.received_on
    return (
        *_form(terms, stated),
        *_guarded(lambda: check_claimable(terms, stated.received_on, last=last), "letter: period"),
        *_guarded(lambda: check_district(terms, stated.district), "letter: beneficiaries"),
        *_in_force(session, row, stated),
        *_amount(session, row, terms, stated),
        *_owed(session, row, terms, stated, calendar),
    )


def _form(terms: LetterTerms, stated: DemandStated) -> Iterator[Finding]:
    if not stated.written:
        yield _ground(
            "not-in-writing", "the demand is not in writing", "索赔未采用书面形式",
            "letter: demand", "demand in writing",
        )  # fmt: skip
    missing = len(terms.demands.papers) - len(stated.papers)
    if missing > 0:
        named = "; ".join(f"{one.zh} {one.en}" for one in terms.demands.papers)
        yield _ground(
            "papers-missing", f"{missing} of the documents are missing", "索赔单据不齐",
            "letter: demand documents", f"present all of: {named}",
        )  # fmt: skip
    foreign = [tax for tax in stated.taxes if tax not in terms.taxes]
    if foreign:
        yield _ground(
            "tax-not-covered", f"{', '.join(foreign)} is not covered", "所索税费不在担保范围内",
            "letter: taxes", f"demand of {', '.join(terms.taxes)} only",
        )  # fmt: skip


def _in_force(session: Session, row: LetterRow, stated: DemandStated) -> Iterator[Finding]:
    since = in_force_from(session, row)
    if stated.received_on < since:
        yield _ground(
            "before-in-force",
            f"the demand came on {stated.received_on}, before the letter was in force on {since}",
            f"索赔于 {stated.received_on} 收到，早于保函生效日 {since}", "letter: period",
            "demand again under the letter that is in force",
        )  # fmt: skip


def _owed(
    session: Session, row: LetterRow, terms: LetterTerms, stated: DemandStated, calendar: Calendar
) -> Iterator[Finding]:
    """Yield what the tariff does not make owed: tax before its time, surcharge above the rule."""
    kept = store.declaration(session, row.id, stated.declaration)
    last = due_on(terms, kept.declared_on, calendar) if kept else None
    if last is None:
        return
    if stated.received_on <= last:
        yield _ground(
            "not-due-yet", f"the tax may be paid until {last} without being late",
            f"税款缴纳期限至 {last}，尚未届满", TERM, f"demand from {add_days(last, 1)}",
        )  # fmt: skip
    uses = [one for one in store.uses(session, row.id) if one.declaration == stated.declaration]
    rate = terms.surcharge.rate_per_day
    most = Money(most_surcharge(uses, last, stated.received_on, rate), row.currency)
    asked = stated.surcharge.money("surcharge") if stated.surcharge else most
    if asked.minor > most.minor:
        over = Money(asked.minor - most.minor, row.currency)
        yield _ground(
            "surcharge-above-rule",
            f"{over} of the surcharge of {asked} is above {most}, which the rule makes it to "
            f"{stated.received_on}",
            f"所索滞纳金 {asked} 超出截至 {stated.received_on} 依规定计收的 {most}，超出 {over}",
            TERM, f"demand at most {most} of surcharge",
        )  # fmt: skip


def _amount(
    session: Session, row: LetterRow, terms: LetterTerms, stated: DemandStated
) -> Iterator[Finding]:
    kept = store.declaration(session, row.id, stated.declaration)
    if kept is None:
        yield _ground(
            "declaration-unknown", f"{stated.declaration} has reserved nothing under the letter",
            "该报关单未使用本保函", "letter: use", "name the declaration that used the letter",
        )  # fmt: skip
        return
    if kept.district != stated.district:
        yield _ground(
            "district-differs", f"the declaration was lodged with {kept.district}",
            "索赔海关与申报海关不一致", "letter: use", "have that district demand",
        )  # fmt: skip
    late = stated.surcharge.money("surcharge").minor if stated.surcharge else 0
    yield from _guarded(
        lambda: declared.demand(
            account_of(row),
            declared_of(kept),
            stated.tax.money("tax").minor,
            late,
            beyond=beyond_of(session, row, terms),
        ),
        "letter: amount",
    )


def _guarded(check: Callable[[], object], clause: str) -> Iterator[Finding]:
    """Yield what a guard refuses as a finding."""
    try:
        check()
    except Conflict as refused:
        for fault in refused.faults:
            words = f"{fault.field} {fault.problem}"
            yield _ground(refused.code, words, _ZH[refused.code], clause, fault.cure)


def _ground(code: str, en: str, zh: str, clause: str, cure: str) -> Finding:
    return Finding(code, Effect.DECLINE, en, zh, clause, cure)
