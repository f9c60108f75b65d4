"""Who is bound and favoured: numbers, districts, and who may not be a party."""

from collections.abc import Iterator

from kernel.finding import Finding
from underwriting.letters.evidence import Evidence
from underwriting.letters.grounds.ground import ground
from underwriting.letters.parties import letter_party_faults
from underwriting.letters.regimes import regime
from underwriting.letters.terms import LetterTerms

_PARTICULARS = "Customs guarantee rules art. 13(1)"
_BOTH = "GAC announcement 2021 no. 100 art. 3: districts of registration and of declaration"
_ROLE_ZH = {"registering": "注册地", "declaring": "申报地"}


def party_grounds(terms: LetterTerms, evidence: Evidence) -> Iterator[Finding]:
    """Yield every ground in the parties of a letter."""
    for fault in letter_party_faults(terms):
        yield ground(
            "party-number", f"{fault.field}: {fault.problem}", f"{fault.field}：编号校验未通过",
            clause=_PARTICULARS, cure=fault.cure, cure_zh="按登记证照核对后更正",
        )  # fmt: skip
    yield from _same(terms)
    yield from _credit(evidence)
    yield from _districts(terms)


def _same(terms: LetterTerms) -> Iterator[Finding]:
    debtor, guarantor = terms.debtor, terms.guarantor.party
    if debtor.register_id == guarantor.register_id or debtor.zh == guarantor.zh:
        yield ground(
            "guarantor-is-debtor", "guarantor and debtor are the same",
            "担保人与被担保人为同一人", clause="Customs Law art. 67; Civil Code art. 681",
            cure="name another guarantor", cure_zh="另行指定担保人",
        )  # fmt: skip


def _credit(evidence: Evidence) -> Iterator[Finding]:
    clause = "GAC announcement 2021 no. 100: all but discredited enterprises"
    if evidence.debtor_credit is None:
        yield ground(
            "credit-class-unknown", "the debtor's credit class with customs is not known",
            "未查明被担保人海关信用等级", clause=clause,
            cure="look it up at customs and state it", cure_zh="向海关查询后载明",
        )  # fmt: skip
    if evidence.debtor_credit == "discredited":
        yield ground(
            "debtor-discredited", "customs takes only cash from a discredited enterprise",
            "失信企业仅可提供保证金", clause=clause,
            cure="have the debtor deposit cash, or wait until its class is restored",
            cure_zh="由被担保人缴纳保证金，或待信用修复",
        )  # fmt: skip


def _districts(terms: LetterTerms) -> Iterator[Finding]:
    codes = [one.code for one in terms.beneficiaries]
    for code in dict.fromkeys(one for one in codes if codes.count(one) > 1):
        yield ground(
            "district-twice", f"customs district {code} is named twice", f"海关 {code} 重复列名",
            clause=_PARTICULARS, cure="name it once, with the role `both` where it has both",
            cure_zh="合并为一项；兼具两种身份的载明 both",
        )  # fmt: skip
    if not codes:
        yield ground(
            "no-beneficiary", "no customs is named as beneficiary", "未载明受益海关",
            clause=_PARTICULARS, cure="name customs as beneficiary", cure_zh="以海关为受益人",
        )  # fmt: skip
    if not regime(terms.regime).parties.both_roles:
        return
    roles = {one.role for one in terms.beneficiaries}
    for role, zh in _ROLE_ZH.items():
        if not roles & {role, "both"}:
            yield ground(
                f"{role}-district-missing", f"the beneficiaries do not cover the {role} district",
                f"受益人未覆盖{zh}海关", clause=_BOTH,
                cure=f"name the {role} district as beneficiary", cure_zh=f"增列{zh}海关为受益人",
            )  # fmt: skip
