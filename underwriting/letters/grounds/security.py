"""The pledge behind a letter: registered, checked for older arrears, still there at the end."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from kernel.finding import Finding
from underwriting.letters.evidence import Evidence
from underwriting.letters.grounds.ground import ground
from underwriting.letters.terms import LetterTerms, Pledged

_RANK = "Tariff Law art. 58: tax arrears that arose before a pledge are paid before it"
_EXISTS = "Civil Code art. 444: a pledge exists from its registration"


def security_grounds(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    """Yield every ground in the pledge; a letter without one has none."""
    if evidence.pledged != bool(terms.security):
        yield ground(
            "pledge-mismatch",
            "a pledge is said to stand behind the letter, and its schedule is empty"
            if evidence.pledged
            else "the schedule names rights, and no pledge is said to stand behind the letter",
            "反担保清单与质押情况不符",
            clause="Civil Code art. 689", cure="state the same in both", cure_zh="两处改为一致",
        )  # fmt: skip
    if not evidence.pledged:
        return
    yield from _arrears(terms, evidence)
    if evidence.pledge_registered_on is None:
        yield _unregistered("the pledge", "质权")
    elif evidence.pledge_registered_on > terms.issued_on:
        yield _ahead("the pledge", f"{evidence.pledge_registered_on}")
    for right in terms.security:
        yield from _right(right, terms, evidence)


def _arrears(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    checked, registered = evidence.arrears_checked_on, _first_registered(terms, evidence)
    if checked is None:
        yield ground(
            "arrears-not-checked", "tax arrears of the debtor were not checked",
            "未核查被担保人欠税情况", clause=_RANK,
            cure="bring a certificate of the tax office, dated before the pledge is registered",
            cure_zh="补充质权登记前的税务机关证明",
        )  # fmt: skip
        return
    if registered is not None and checked > registered:
        yield ground(
            "arrears-checked-late",
            f"arrears were checked on {checked}, after the pledge was registered on {registered}",
            f"欠税核查日 {checked} 晚于质权登记日 {registered}", clause=_RANK,
            cure="bring a certificate as of the day before registration, or register anew",
            cure_zh="补充截至登记日前的证明，或重新登记",
        )  # fmt: skip
    if evidence.arrears is None:
        yield ground(
            "arrears-not-stated", f"the certificate of {checked} is there, its amount is not",
            f"已有 {checked} 的证明，但未载明欠税金额", clause=_RANK,
            cure="state what it says is owed, 0 where nothing is",
            cure_zh="载明欠税金额，无欠税的载明 0",
        )  # fmt: skip
    else:
        yield from _outranked(terms, evidence.arrears.minor, evidence.arrears.currency)


def _first_registered(terms: LetterTerms, evidence: Evidence) -> date | None:
    """Return the day from which the first of the pledges is there; None where none is."""
    days = [evidence.pledge_registered_on, *(right.registered_on for right in terms.security)]
    return min((day for day in days if day), default=None)


def _outranked(terms: LetterTerms, owed: int, currency: str) -> Iterator[Finding]:
    """Older arrears that eat the whole pledge leave nothing behind the letter."""
    mixed = any(right.value.currency != currency for right in terms.security)
    worth = sum(
        (right.value.minor * (1 - right.haircut) for right in terms.security), start=Fraction(0)
    )
    if owed and (mixed or owed >= worth):
        yield ground(
            "arrears-exhaust-pledge",
            "arrears and pledge are in different currencies and cannot be compared"
            if mixed
            else "older arrears take all that the pledge is worth after its haircut",
            "在先欠税已耗尽质物折后价值或币种不一致", clause=_RANK,
            cure="have the arrears paid before the pledge is registered, or pledge more",
            cure_zh="质权登记前清缴欠税，或增加质物",
        )  # fmt: skip


def _right(right: Pledged, terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    if right.number not in evidence.accepted_rights:
        yield ground(
            "right-not-accepted", f"{right.number} was not taken as pledge by underwriting",
            f"{right.number} 未经核保接受为质物", clause="policy: pledged rights",
            cure="take it off the schedule, or have it accepted",
            cure_zh="自清单删去，或经核保接受",
        )  # fmt: skip
    if right.registration is None or right.registered_on is None:
        yield _unregistered(right.number, right.number)
    elif right.registered_on > terms.issued_on:
        yield _ahead(right.number, f"{right.registered_on}")
    if right.expires < terms.claim_until:
        yield ground(
            "right-expires",
            f"{right.number} expires on {right.expires}, before {terms.claim_until}",
            f"{right.number} 于 {right.expires} 届满，早于索赔截止日 {terms.claim_until}",
            clause="pledge registration: a right that lapses secures nothing",
            cure="pledge a right that lasts longer", cure_zh="更换有效期更长的权利",
        )  # fmt: skip


def _unregistered(what: str, zh: str) -> Finding:
    return ground(
        "pledge-not-registered", f"{what} is not registered", f"{zh} 尚未办理质权登记",
        clause=_EXISTS, cure="have it registered, and state number and day",
        cure_zh="办理登记并载明登记号和日期",
    )  # fmt: skip


def _ahead(what: str, on: str) -> Finding:
    return ground(
        "pledge-after-issue", f"{what} is registered on {on}, after the letter's date",
        f"质权登记日 {on} 晚于保函开立日", clause=_EXISTS,
        cure="issue the letter after registration", cure_zh="登记后再开立保函",
    )  # fmt: skip
