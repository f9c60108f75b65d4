"""Forms as they leave the house on a good day; `stress.py` makes them hard."""

from datetime import date

from documents.blocks import Clause, Fact, Finding, Label
from documents.forms.claim_receipt import AmountClaimed, ClaimReceipt, Deadline, Paper
from documents.forms.policy_schedule import Contracting, Instalment, PolicySchedule
from documents.forms.quote_letter import Loan, Payer, PremiumLine, QuoteLetter
from documents.forms.recovery_statement import GivenBack, RecoveryStatement
from documents.forms.rows import Explanation, LayerShare, PartyYear, Right, Scheme
from documents.forms.settlement_rows import BorneShare, Call, LossLine
from documents.forms.settlement_statement import SettlementStatement
from kernel.money import Money

INSURER = "知保财产保险股份有限公司 Zhibao Property Insurance Co., Ltd."
BANK = "中山示范农村商业银行股份有限公司"
BORROWER = "中山市精微光电科技有限公司"
FUND = "中山市知识产权质押融资风险补偿资金"
APPRAISER = "中山正衡资产评估有限公司"


def cny(text: str) -> Money:
    sign = -1 if text.startswith("-") else 1
    return Money(sign * Money.of(text.lstrip("-"), "CNY").minor, "CNY")


def scheme() -> Scheme:
    shares = (
        (FUND, "54/100", "12960.00"),
        (BANK, "26/100", "6240.00"),
        (INSURER, "16/100", "3840.00"),
        (APPRAISER, "4/100", "960.00"),
    )
    layer = "第一层：全部 Layer 1: the whole"
    return Scheme(
        "zhongshan-2021",
        "Zhongshan IP pledge-financing risk compensation",
        tuple(LayerShare(layer, party, share, cny(loss)) for party, share, loss in shares),
    )


def rights() -> tuple[Right, ...]:
    patent, mark = "发明专利 Invention patent", "商标 Trademark"
    return (
        Right(
            patent,
            "ZL202010123456.7",
            "一种工作温度达200℃的微透镜阵列及其制备方法",
            BORROWER,
            date(2040, 2, 20),
            cny("3200000.00"),
        ),
        Right(
            "实用新型 Utility model",
            "ZL202221234567.X",
            "激光准直器外壳 (laser collimator housing)",
            BORROWER,
            date(2032, 6, 1),
            cny("450000.00"),
        ),
        Right(mark, "第 45678901 号", "精微 JINGWEI", BORROWER, date(2033, 11, 6), None),
    )


def terms() -> tuple[Fact, ...]:
    return (
        Fact(Label("免赔额", "Retention"), "CNY 50,000.00"),
        Fact(Label("共保", "Coinsurance"), "20 % 由被保险人自担 borne by the insured"),
        Fact(Label("责任限额", "Limit"), "CNY 3,000,000.00 每次及累计 any one and in all"),
    )


def quote_letter() -> QuoteLetter:
    lines = (
        ("预期损失", "Expected loss", "CNY 24,000.00 × 16/100", "3840.00"),
        ("风险附加", "Risk margin", "预期损失 expected loss × 30 %", "1152.00"),
        ("费用附加", "Expenses", "CNY 2,000.00 + 0.10 % × 保险金额 insured sum", "5000.00"),
        ("最低保险费调整", "Up to minimum premium", "条款 minimum CNY 10,000.00", "8.00"),
    )
    return QuoteLetter(
        number="Q-2026-00001234",
        insurer_name=INSURER,
        issued_on=date(2026, 3, 2),
        valid_until=date(2026, 4, 1),
        borrower=BORROWER,
        borrower_register_id="91442000MA4WXYZ12K",
        client=BANK,
        product_zh="知识产权质押融资保证保险",
        product_en="IP pledge-financing guarantee insurance",
        loan=Loan(
            amount=cny("3000000.00"),
            term_months=24,
            annual_rate="4.35 %",
            repayment="按月付息，到期一次还本 Interest monthly, principal at maturity",
            drawdown_on=date(2026, 3, 15),
        ),
        insured_sum=cny("3000000.00"),
        covered_from=date(2026, 3, 15),
        covered_until=date(2028, 3, 14),
        waiting_days=90,
        rights=rights(),
        terms=terms(),
        premium_lines=tuple(
            PremiumLine(zh, en, basis, cny(amount)) for zh, en, basis, amount in lines
        ),
        premium=cny("10000.00"),
        payers=(
            Payer("借款人 Borrower", cny("5000.00")),
            Payer("中山市市场监督管理局补贴 Government subsidy", cny("5000.00")),
        ),
        scheme=scheme(),
        outcome="accepted",
        findings=(
            Finding(
                "right-not-appraised",
                "一项商标未评估，不计入质押价值。 A trademark has no appraisal and does not count.",
                "承保规则第 4 条 Rule 4",
                "提交评估报告 File an appraisal report",
            ),
        ),
        notes=(
            "利率以贷款合同为准，尚未核对原件。 The rate follows the loan contract, not yet seen.",
            "预期损失中 62 % 来自先验。 62 % of the expected loss is still prior.",
        ),
        receipt_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        who_pays=(
            PartyYear(FUND, 1, cny("8640.00"), cny("1620000.00")),
            PartyYear(FUND, 2, cny("4320.00"), cny("810000.00")),
            PartyYear(BANK, 1, cny("4160.00"), cny("780000.00")),
            PartyYear(BANK, 2, cny("2080.00"), cny("390000.00")),
        ),
    )


def wording() -> tuple[Clause, ...]:
    return (
        Clause(
            "保险责任 Cover",
            f"借款人未按贷款合同偿还本金且逾期满 90 天的，保险人按分担方案赔偿{BANK}的本金损失。\n"
            "Where the borrower has not repaid principal for 90 days, the insurer pays the bank's"
            " loss of principal under the scheme.",
        ),
        Clause(
            "责任免除 Exclusions",
            "银行与借款人恶意串通、贷款未按约定用途使用且银行知情的，保险人不负赔偿责任。\n"
            "No payment where bank and borrower collude, or the bank knew that the loan was put"
            " to another use.",
            is_exemption=True,
        ),
        Clause(
            "免赔与共保 Deductible and coinsurance",
            "每次事故绝对免赔额为 CNY 50,000.00；银行自担比例为 26/100。\n"
            "Deductible CNY 50,000.00 each claim; the bank keeps 26/100.",
            is_exemption=True,
        ),
        Clause(
            "索赔期限 Time for claims",
            "被保险人应在知道保险事故发生之日起 10 日内通知保险人；诉讼时效为 2 年。\n"
            "Notice within 10 days of knowing; actions are barred after 2 years.",
        ),
    )


def policy_schedule() -> PolicySchedule:
    return PolicySchedule(
        number="IPPG440020260000123K",
        insurer_name=INSURER,
        issued_on=date(2026, 3, 10),
        product_zh="知识产权质押融资保证保险",
        product_en="IP pledge-financing guarantee insurance",
        policyholder=Contracting(
            BORROWER, "91442000MA4WXYZ12K", "广东省中山市火炬开发区科技东路9号"
        ),
        insured=Contracting(BANK, "914420001981234567", "广东省中山市东区中山三路"),
        beneficiary=Contracting(BANK, "914420001981234567"),
        covered_from=date(2026, 3, 15),
        covered_until=date(2028, 3, 14),
        cover="贷款本金逾期 90 天未偿还的损失 Loss of principal overdue for 90 days",
        insured_sum=cny("3000000.00"),
        waiting_days=90,
        premium=cny("10000.00"),
        instalments=(
            Instalment("借款人 Borrower", date(2026, 3, 15), cny("5000.00")),
            Instalment("政府补贴 Government subsidy", date(2026, 6, 30), cny("5000.00")),
        ),
        scheme=scheme(),
        limits=(
            "补偿资金累计承担以资金池余额为限。 The fund bears no more than the pool's balance.",
            "银行不良率高于 3 % 时暂停新增业务。 New business stops above a bank NPL ratio of 3 %.",
        ),
        recovery_rule="扣除追偿费用后按承担比例返还。 Pro rata to what each bore, after costs.",
        rights=rights(),
        terms=terms(),
        clauses=wording(),
        special_conditions=(
            "质押登记完成前本保单不生效。 No cover before the pledge is registered.",
        ),
        place="广东省中山市 Zhongshan, Guangdong",
        signed_on=date(2026, 3, 10),
        explanations=(
            Explanation(
                at="2026-03-09T15:30:00+08:00",
                way="录像 recorded on video",
                explained_by="柜员 0012",
                acknowledged_by="投保人代表",
                proof="VIDEO-20260309-17",
                clauses=("责任免除 Exclusions",),
                wording_sha256="b" * 64,
            ),
        ),
        unexplained=("未说明：免赔与共保。 Not explained: deductible and coinsurance.",),
    )


def claim_receipt() -> ClaimReceipt:
    papers = (
        ("索赔申请书 Claim form", "条款第 12 条(1)", date(2027, 7, 2)),
        ("贷款合同 Loan contract", "条款第 12 条(2)", date(2027, 7, 2)),
        ("放款凭证 Proof of drawdown", "条款第 12 条(3)", None),
        ("催收记录 Record of demands", "条款第 12 条(5)", None),
    )
    deadlines = (
        ("补正材料的一次性通知 Ask once for missing papers", "保险法第22条 Art. 22", (2027, 7, 7)),
        ("核定 Decide on cover", "保险法第23条 Art. 23", (2027, 8, 1)),
        ("先行赔付 Pay what is certain", "保险法第25条 Art. 25", (2027, 8, 31)),
    )
    return ClaimReceipt(
        number="C-2027-000045",
        insurer_name=INSURER,
        issued_on=date(2027, 7, 2),
        policy_number="IPPG440020260000123K",
        bank=BANK,
        borrower=BORROWER,
        defaulted_on=date(2027, 6, 21),
        notified_on=date(2027, 7, 1),
        waiting_ends_on=date(2027, 9, 19),
        claimed=(
            AmountClaimed("本金", "Principal", cny("2400000.00")),
            AmountClaimed("利息", "Interest", cny("31900.50")),
            AmountClaimed("追索费用", "Costs", cny("8000.00")),
        ),
        total_claimed=cny("2439900.50"),
        first_reserve=cny("384000.00"),
        findings=(
            Finding(
                "interest-not-covered",
                "利息不在承保范围。 Interest is not covered by this scheme.",
                "条款第 1 条",
                "无须补正 Nothing to cure",
            ),
        ),
        papers=tuple(Paper(*paper) for paper in papers),
        deadlines=tuple(Deadline(what, clause, date(*on)) for what, clause, on in deadlines),
        notes=("联系电话见保险单。 For the telephone see the policy.",),
    )


def settlement_statement() -> SettlementStatement:
    losses = (
        LossLine("本金 Principal", cny("2400000.00"), cny("2400000.00")),
        LossLine(
            "利息 Interest",
            cny("31900.50"),
            cny("0.00"),
            "方案只承担本金 The scheme bears principal",
        ),
        LossLine(
            "追索费用 Costs",
            cny("8000.00"),
            cny("0.00"),
            "方案只承担本金 The scheme bears principal",
        ),
    )
    bank_gets = cny("384000.00")
    return SettlementStatement(
        number="S-2027-000045-1",
        insurer_name=INSURER,
        issued_on=date(2027, 9, 28),
        claim_number="C-2027-000045",
        policy_number="IPPG440020260000123K",
        scheme_code="zhongshan-2021",
        scheme_title="中山市知识产权质押融资风险补偿",
        bank=BANK,
        borrower=BORROWER,
        losses=losses,
        asked=cny("2439900.50"),
        approved=cny("2400000.00"),
        eligible=cny("2400000.00"),
        ineligible=cny("0.00"),
        shares=(
            BorneShare(
                FUND,
                "补偿资金 Pool",
                cny("1296000.00"),
                cny("1200000.00"),
                "以资金池余额为限 Cut by the pool's balance",
            ),
            BorneShare(BANK, "银行 Bank", cny("624000.00"), cny("720000.00"), "承担余额 Residual"),
            BorneShare(INSURER, "保险人 Insurer", cny("384000.00"), cny("384000.00")),
            BorneShare(APPRAISER, "评估机构 Appraiser", cny("96000.00"), cny("96000.00")),
        ),
        due=cny("2400000.00"),
        borne=cny("2400000.00"),
        uncovered=cny("0.00"),
        steps=(
            "可分担损失 = 核定本金 CNY 2,400,000.00。 Eligible loss = approved principal.",
            "第一层按 54/26/16/4 分担。 Layer 1 is shared 54/26/16/4.",
            "资金池余额 CNY 1,200,000.00 为上限，超出部分由银行承担。 The pool caps it.",
        ),
        payment=bank_gets,
        payment_due_on=date(2027, 10, 8),
        payment_clause="保险法第23条 Art. 23",
        calls=(
            Call(FUND, cny("1200000.00"), date(2027, 10, 28), "资金管理办法第 9 条"),
            Call(APPRAISER, cny("96000.00"), date(2027, 10, 28), "合作协议第 5 条"),
        ),
        called=cny("1296000.00"),
        notes=("如有异议，请在 30 日内书面提出。 Objections in writing within 30 days.",),
    )


def recovery_statement() -> RecoveryStatement:
    parties = (
        (FUND, "1200000.00", "235000.00", "285000.00", "915000.00"),
        (BANK, "720000.00", "141000.00", "171000.00", "549000.00"),
        (INSURER, "384000.00", "75200.00", "91200.00", "292800.00"),
        (APPRAISER, "96000.00", "18800.00", "22800.00", "73200.00"),
    )
    total = ("合计", "2400000.00", "470000.00", "570000.00", "1830000.00")
    return RecoveryStatement(
        number="R-2028-000007",
        insurer_name=INSURER,
        issued_on=date(2028, 2, 20),
        claim_number="C-2027-000045",
        policy_number="IPPG440020260000123K",
        source="质押专利 ZL202010123456.7 公开拍卖 Public auction of a pledged patent",
        value_on=date(2028, 2, 14),
        gross=cny("500000.00"),
        costs=cny("30000.00"),
        net=cny("470000.00"),
        parties=tuple(GivenBack(name, *map(cny, amounts)) for name, *amounts in parties),
        total=GivenBack(total[0], *map(cny, total[1:])),
        surplus=cny("0.00"),
        surplus_to="",
        rule="按各方承担额比例返还（pro rata）。 In proportion to what each party bore.",
        notes=("本次为第 2 次追偿分配。 This is the second recovery shared out.",),
    )


FORMS = {
    "quote_letter": quote_letter,
    "policy_schedule": policy_schedule,
    "claim_receipt": claim_receipt,
    "settlement_statement": settlement_statement,
    "recovery_statement": recovery_statement,
}
