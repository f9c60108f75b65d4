"""A letter of guarantee of the trade, as Sichuan would issue it, and named overrides of it.

    letter = a_letter(amount=Money(100_000_00, "CNY"))
    single = a_single_letter()

Every number has a right check digit: the letter's by ISO 7064 MOD 37,36, the parties' social
credit codes by GB 32100, their identifiers by ISO 17442.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from kernel.money import Money
from underwriting.letters.terms import (
    Declaration,
    DemandPaper,
    Demands,
    District,
    Guarantor,
    LetterTerms,
    Party,
    Pledged,
    Surcharge,
)

DEBTOR = Party(
    zh="四川示范精密仪器有限公司",
    en="Sichuan Shifan Precision Instruments Co., Ltd.",
    register_id="91510100MA6E00017H",
    address_zh="四川省成都市高新区天府大道中段1号",
    address_en="1 Tianfu Avenue Middle, High-tech Zone, Chengdu, Sichuan, China",
    customs_code="5101360017",
    lei="836800SCJINGMI000148",
)
GUARANTOR = Guarantor(
    party=Party(
        zh="示范财产保险股份有限公司",
        en="Shifan Property Insurance Company Limited",
        register_id="9151010062160021XJ",
        address_zh="四川省成都市锦江区东大街2号",
        address_en="2 Dongdajie Street, Jinjiang District, Chengdu, Sichuan, China",
        lei="300300ZHIBAOSCDEM020",
        bic="ZHBACNBC",
    ),
    branch_zh="四川分公司",
    branch_en="Sichuan Branch",
    licence="000000510100",
    contact="+86 28 0000 0000",
)
REGISTERING = District(
    code="7902", zh="成都双流机场海关", en="Chengdu Shuangliu Airport Customs", role="registering"
)
DECLARING = District(code="2248", zh="洋山海关", en="Yangshan Customs, Shanghai", role="declaring")
DEMAND_PAPERS = (
    DemandPaper(
        zh="海关书面索赔通知书，载明保函编号、报关单号、应付税款金额及缴纳期限",
        en=(
            "Written demand of customs stating the letter number, the declaration number, "
            "the tax due and the day on which it fell due"
        ),
    ),
    DemandPaper(
        zh="债务人未在规定期限内缴纳税款的声明",
        en="Statement that the debtor has not paid the tax within the term",
    ),
)
PLEDGED = Pledged(
    number="ZL202110123456.7",
    title="一种高精度光栅位移测量装置及方法",
    registration="Y2026510000123",
    registered_on=date(2026, 11, 16),
    value=Money(12_000_000_00, "CNY"),
    haircut=Fraction(1, 2),
    rank=1,
    expires=date(2041, 2, 9),
)


def a_letter(**changes: Any) -> LetterTerms:
    """Return a letter that revolves between two districts, with these fields changed."""
    return replace(_REVOLVING, **changes)


def a_single_letter(**changes: Any) -> LetterTerms:
    """Return a letter for one declaration, with these fields changed."""
    single = replace(
        _REVOLVING,
        number="CGL2600000002C",
        mode="single",
        restored=False,
        purposes=("payment_term",),
        obligation_zh="债务人对下列报关单项下进口货物的税款缴纳义务",
        obligation_en="The debtor's obligation to pay the taxes on the goods declared below",
        amount=Money(480_000_00, "CNY"),
        declarations=(
            Declaration(
                number="224820261000012345",
                on=date(2026, 11, 23),
                tax=Money(465_230_17, "CNY"),
            ),
        ),
        usable_until=date(2026, 12, 31),
        claim_until=date(2027, 6, 30),
    )
    return replace(single, **changes)


_REVOLVING = LetterTerms(
    number="CGL2600000001E",
    version=1,
    policy_number="CG-2026-000001",
    regime="CN",
    kind="letter",
    nature="joint_and_several",
    rules="NONE",
    mode="revolving",
    purposes=("aggregated_collection", "payment_term", "taxation_elements"),
    beneficiaries=(REGISTERING, DECLARING),
    debtor=DEBTOR,
    guarantor=GUARANTOR,
    obligation_zh="债务人在2026年11月23日至2027年8月31日申报进口货物所产生的税款缴纳义务",
    obligation_en=(
        "The debtor's obligation to pay the taxes on goods declared for import "
        "from 23 November 2026 to 31 August 2027"
    ),
    taxes=("duty", "import_vat", "consumption_tax", "surcharge"),
    amount=Money(5_000_000_00, "CNY"),
    restored=True,
    surcharge=Surcharge(rate_per_day=Fraction(1, 2000), limit=None, source="tariff-law-2024"),
    issued_on=date(2026, 11, 20),
    place_zh="成都",
    place_en="Chengdu",
    usable_from=date(2026, 11, 23),
    usable_until=date(2027, 8, 31),
    claim_until=date(2028, 5, 31),
    effective_on="customs_acceptance",
    demands=Demands(
        papers=DEMAND_PAPERS,
        days=10,
        day_kind="working",
        examination_days=5,
        place_zh="四川省成都市锦江区东大街2号 示范财产保险股份有限公司四川分公司",
        place_en="Sichuan Branch, 2 Dongdajie Street, Jinjiang District, Chengdu",
        medium="both",
    ),
    transferable=False,
    law_zh="中华人民共和国法律",
    law_en="Laws of the People's Republic of China",
    court_zh="成都海关所在地有管辖权的人民法院",
    court_en="The competent people's court at Chengdu",
    charges="debtor",
    declarations=(),
    security=(PLEDGED,),
    prevailing="zh",
    demonstration=True,
)
