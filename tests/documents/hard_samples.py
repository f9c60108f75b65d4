"""Three hard cases of the trade through five papers: long names, 40 rights, fifteen digits.

No mark-up and no rubbish here: every case could come tomorrow, and its pages are looked at.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from documents.blocks import Finding
from documents.forms.rows import Right
from documents.render import Form
from kernel.money import Money
from underwriting.letters.terms import Pledged
from underwriting.papers.customs_letter import customs_letter


class Named(NamedTuple):
    """Who is named in a case: the firm and the guarantor, in Chinese and in English."""

    zh: str
    en: str
    insurer_zh: str
    insurer_en: str

    @property
    def both(self) -> str:
        """As a paper of one field for the name has it."""
        return self.zh if self.zh == self.en else f"{self.zh} {self.en}"


MOST = Money(999_999_999_999_999, "CNY")
"""Fifteen digits: CNY 9,999,999,999,999.99."""
NIL = Money(0, "CNY")
FOREIGN = (
    "Rheinisch-Westfälische Präzisionsmess- und Feinwerktechnik Beteiligungsgesellschaft mbH"
    " & Co. Kommanditgesellschaft auf Aktien"
)
CASES: Mapping[str, Named] = {
    "long": Named(
        "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒经济技术开发区丝绸之路经济带核心区知识产权运营与"
        "高新技术成果转移转化综合服务示范基地投资建设管理（集团）股份有限公司库尔勒第一分公司",
        "Korla Number One Branch of the Silk Road Economic Belt Core Area Intellectual Property"
        " Operation and High Technology Transfer Demonstration Base (Group) Company Limited",
        "知保财产保险股份有限公司新疆维吾尔自治区巴音郭楞蒙古自治州中心支公司",
        "Zhibao Property Insurance Company Limited, Bayingolin Central Sub-branch, Xinjiang",
    ),
    "foreign": Named(FOREIGN, FOREIGN, "示范财产保险股份有限公司", "示范财产保险股份有限公司"),
    "unbroken": Named(
        "广东省中山市" + "精密光学仪器制造" * 9 + "有限公司",
        "Zhongshan" + "Precisionoptics" * 5 + " Manufacturing Co., Ltd.",
        "示范财产保险股份有限公司",
        "Shifan Property Insurance Company Limited",
    ),
}
"""Every name of a firm has 80 characters or more."""


def _module(name: str, folder: Path) -> ModuleType:
    """Import a file of the tests by its path: tests are no package."""
    known = name if name == "letters_sample" else f"paper_{name}"
    if known not in sys.modules:
        spec = spec_from_file_location(known, folder / f"{name}.py")
        sys.modules[known] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


HERE = Path(__file__).parent
letters, papers, base = (
    _module("letters_sample", HERE.parent),
    _module("samples_papers", HERE),
    _module("samples", HERE),
)


def title_of(number: int) -> str:
    """A title of a right, short or long, in one language or both."""
    more = " High-power laser beam homogenising device and method" if number % 3 == 0 else ""
    return f"一种{'面向超高功率激光的' * (number % 4)}匀光装置及其制备方法 {number}{more}"


def rights(named: Named) -> tuple[Right, ...]:
    """Forty rights, some without a last day, some never appraised, some worth fifteen digits."""
    return tuple(
        Right(
            ("发明专利 invention", "商标 trademark", "集成电路布图设计 IC layout design")[n % 3],
            f"ZL2020101{n:05d}.X",
            title_of(n),
            named.both if n % 8 == 0 else base.BORROWER,
            None if n % 9 == 0 else date(2040, 1, 1 + n % 28),
            MOST if n % 10 == 0 else Money(n * 123_456_789, "CNY"),
        )
        for n in range(1, 41)
    )


def letter(named: Named) -> Form:
    """The letter to customs, with the rights behind it."""
    terms = letters.a_letter()
    party = replace(terms.guarantor.party, zh=named.insurer_zh, en=named.insurer_en)
    pledged = tuple(
        Pledged(
            number=one.number,
            title=one.title,
            registration=None if place % 7 == 0 else f"Y20265100{place:05d}",
            registered_on=None if place % 7 == 0 else date(2026, 11, 16),
            value=one.appraised_value,
            haircut=terms.security[0].haircut,
            rank=1,
            expires=one.expires_on or date(2041, 2, 9),
        )
        for place, one in enumerate(rights(named))
    )
    hard = replace(
        terms,
        amount=MOST,
        debtor=replace(terms.debtor, zh=named.zh, en=named.en, address_zh=named.zh),
        guarantor=replace(terms.guarantor, party=party),
        security=pledged,
    )
    url = f"https://verify.example.org/verify/{terms.number}?c=3f0c9a1e5b7d2468"
    content_hash = "3f0c9a1e5b7d2468" * 4
    return customs_letter(hard, code_url=url, content_hash=content_hash, with_security=True)


def policy(named: Named) -> Form:
    """The schedule of a policy with forty rights."""
    form = base.policy_schedule()
    first = form.instalments[0]
    return replace(
        form,
        insurer_name=named.insurer_zh,
        policyholder=replace(form.policyholder, name=named.both, address=named.zh),
        insured_sum=MOST,
        premium=MOST,
        instalments=(replace(first, payer=named.both, amount=MOST),),
        rights=rights(named),
    )


def settlement(named: Named) -> Form:
    """A settlement in which one party bears it all."""
    form = base.settlement_statement()
    line, (first, *others) = form.losses[0], form.shares
    return replace(
        form, insurer_name=named.insurer_zh, borrower=named.both,
        losses=(replace(line, asked=MOST, approved=MOST, reason=""),), asked=MOST, approved=MOST,
        eligible=MOST, ineligible=NIL,
        shares=(
            replace(first, party=named.both, due=MOST, paid=MOST, reasons=""),
            *(replace(one, due=NIL, paid=NIL) for one in others),
        ),
        due=MOST, borne=MOST, uncovered=NIL, payment=MOST,
        calls=(replace(form.calls[0], party=named.both, amount=MOST),), called=MOST,
    )  # fmt: skip


def bordereau(named: Named) -> Form:
    """A bordereau of forty policies."""
    form = papers.bordereau()
    first, loss, back = form.policies[0], form.losses[0], form.recoveries[0]
    total = Money(MOST.minor + 39 * first.premium.minor, "CNY")
    return replace(
        form,
        insurer_name=named.insurer_zh,
        party=named.both,
        policies=(
            replace(first, policyholder=named.both, insured_sum=MOST, premium=MOST, own=MOST),
            *(replace(first, number=f"PG-20260310-{n:012d}") for n in range(39)),
        ),
        losses=(replace(loss, whole=MOST, own=MOST),),
        calls=(replace(form.calls[0], called=MOST, unpaid=MOST),),
        recoveries=(replace(back, net=MOST, own=MOST),),
        totals=replace(
            form.totals, premium=total, own_premium=MOST, whole=MOST, own_loss=MOST, called=MOST,
            unpaid=MOST, net=MOST, own_recovery=MOST,
        ),
    )  # fmt: skip


def decision(named: Named) -> Form:
    """A denial with its grounds."""
    form = papers.decision_letter()
    grounds = tuple(
        Finding(f"waiting-period-not-ended-{n}", f"等待期未满。 {named.en}", "条款 12", named.zh)
        for n in range(3)
    )
    first = replace(form.lines[0], asked=MOST, adjusted=MOST, approved=NIL, reason=named.both)
    return replace(
        form, insurer_name=named.insurer_zh, addressee=named.both, debtor=named.both,
        decision="denied", grounds=grounds, lines=(first,),
        asked=MOST, adjusted=MOST, approved=NIL,
    )  # fmt: skip


PAPERS: Mapping[str, Callable[[Named], Form]] = {
    "letter": letter,
    "policy": policy,
    "settlement": settlement,
    "bordereau": bordereau,
    "decision": decision,
}
