"""Amount, currency and surcharge of a letter against the law's and the regime's measures."""

from collections.abc import Iterator

from kernel.finding import Finding
from kernel.money import Money, round_half_up
from underwriting.letters.evidence import Evidence
from underwriting.letters.grounds.ground import ground
from underwriting.letters.regimes import Regime, regime
from underwriting.letters.terms import LetterTerms

_RULES = "Customs guarantee rules art. 14"
_LATE = "Tariff Law art. 43"


def amount_grounds(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    """Yield every ground in amount, currency and surcharge."""
    rules = regime(terms.regime)
    foreign = [*_currencies(terms, rules)]
    yield from foreign
    yield from _amount(terms, evidence, rules)
    if not foreign:
        yield from _declared(terms)
        yield from _surcharge(terms, rules)


def _currencies(terms: LetterTerms, rules: Regime) -> Iterator[Finding]:
    stated = [("amount", terms.amount)]
    stated += [
        (f"declarations[{place}].tax", one.tax) for place, one in enumerate(terms.declarations)
    ]
    if terms.surcharge.limit is not None:
        stated.append(("surcharge.limit", terms.surcharge.limit))
    for field, money in stated:
        if money.currency != rules.currency:
            yield ground(
                "foreign-currency",
                f"{field} is in {money.currency}; {rules.en} takes {rules.currency}",
                f"{field} 币种为 {money.currency}，{rules.zh}以 {rules.currency} 计征",
                clause="Tariff Law art. 60; regimes.toml: currency",
                cure=f"state it in {rules.currency}",
                cure_zh=f"改以 {rules.currency} 计",
            )


def _amount(terms: LetterTerms, evidence: Evidence, rules: Regime) -> Iterator[Finding]:
    if terms.amount.minor <= 0:
        yield ground(
            "amount-nothing", "the amount is not above nothing", "担保金额未大于零",
            clause="Customs guarantee rules art. 13(3)",
            cure="state the amount that is guaranteed", cure_zh="载明担保金额",
        )  # fmt: skip
    if rules.amount.rule == "max_tax":
        yield from _highest(terms.amount, evidence.highest_tax)
    else:
        yield from _required(terms.amount, evidence.required, rules)


def _highest(amount: Money, highest: Money) -> Iterator[Finding]:
    """The law of China: not above the highest tax that could fall due."""
    if highest.currency != amount.currency:
        yield ground(
            "highest-tax-currency",
            f"the highest tax is known in {highest.currency}, the amount is in {amount.currency}",
            f"最高税款以 {highest.currency} 计，担保金额以 {amount.currency} 计",
            clause=_RULES, cure=f"work the tax out in {amount.currency}",
            cure_zh=f"以 {amount.currency} 核算税款",
        )  # fmt: skip
    elif amount.minor > highest.minor:
        yield ground(
            "above-highest-tax",
            f"the amount {amount} is above the highest tax that could fall due, {highest}",
            f"担保金额 {amount} 超过可能承担的最高税款总额 {highest}",
            clause=_RULES, cure=f"lower the amount to {highest}",
            cure_zh=f"将担保金额降至 {highest}",
        )  # fmt: skip


def _required(amount: Money, required: Money | None, rules: Regime) -> Iterator[Finding]:
    """Other customs set the amount: not below what their rule makes it."""
    clause = f"{rules.en}: {rules.amount.source}"
    if required is None or required.currency != rules.currency:
        yield ground(
            "required-amount-unknown", f"the amount that {rules.en} requires is not known",
            f"未核算{rules.zh}要求的担保金额", clause=clause,
            cure=f"work it out in {rules.currency} by its rule",
            cure_zh=f"按其规则以 {rules.currency} 核算",
        )  # fmt: skip
    elif amount.minor < required.minor:
        yield ground(
            "below-required-amount", f"the amount {amount} is below {required}, which is required",
            f"担保金额 {amount} 低于要求的 {required}", clause=clause,
            cure=f"raise it to {required}", cure_zh=f"提高至 {required}",
        )  # fmt: skip


def _declared(terms: LetterTerms) -> Iterator[Finding]:
    declared = Money(sum(one.tax.minor for one in terms.declarations), terms.amount.currency)
    if declared.minor > terms.amount.minor:
        yield ground(
            "below-declared-tax",
            f"the amount {terms.amount} is below the tax of the declarations named, {declared}",
            f"担保金额 {terms.amount} 低于所列报关单税款 {declared}",
            clause="Customs Law art. 66: security matches the obligation",
            cure=f"raise the amount to {declared}, or name fewer declarations",
            cure_zh=f"将担保金额提高至 {declared}，或减少所列报关单",
        )


def _surcharge(terms: LetterTerms, rules: Regime) -> Iterator[Finding]:
    stated, rule = terms.surcharge, rules.surcharge
    if rule and terms.issued_on >= rule.since and stated.rate_per_day != rule.per_day:
        yield ground(
            "surcharge-rate",
            f"the surcharge is {stated.rate_per_day} a day, by law it is {rule.per_day}",
            f"滞纳金率为每日 {stated.rate_per_day}，法定为每日 {rule.per_day}",
            clause=_LATE, cure=f"state {rule.per_day} a day", cure_zh=f"改为每日 {rule.per_day}",
        )  # fmt: skip
    if stated.limit is not None:
        yield from _surcharge_limit(terms, stated.limit)


def _surcharge_limit(terms: LetterTerms, limit: Money) -> Iterator[Finding]:
    """At most the surcharge on the whole amount from the first usable day to the last of demand."""
    if "surcharge" not in terms.taxes:
        yield ground(
            "surcharge-not-covered",
            "a limit of the surcharge is stated, and the surcharge is not covered",
            "载明了滞纳金限额，但担保税费不含滞纳金",
            clause="Customs guarantee rules art. 13(2)",
            cure="cover the surcharge, or leave its limit out",
            cure_zh="将滞纳金列入担保范围，或删去其限额",
        )
    days = (terms.claim_until - terms.usable_from).days
    most = Money(
        round_half_up(terms.amount.minor * terms.surcharge.rate_per_day * max(days, 0)),
        terms.amount.currency,
    )
    if not 0 < limit.minor <= most.minor:
        yield ground(
            "surcharge-limit",
            f"the limit of the surcharge, {limit}, is not between nothing and {most}: "
            f"that is the surcharge on the whole amount over {days} days",
            f"滞纳金限额 {limit} 不在零与 {most}（全额 {days} 天滞纳金）之间",
            clause=_LATE, cure=f"state a limit up to {most}, or let it count within the amount",
            cure_zh=f"限额不超过 {most}，或计入担保金额之内",
        )  # fmt: skip
