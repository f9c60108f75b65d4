"""What the papers about a letter of guarantee share: who is bound, which letter, what proves it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from documents.blocks import Code, Fact, Facts, Label, Note, Seal, written
from documents.foot import Foot
from kernel.money import Money

CHECKED_AT: Final = Label("扫码查验", "Scan to check")
ISSUER: Final = Label("出具人", "Issuer")
OWN: Final = Label("本版内容摘要", "Content hash of this version, SHA-256")
"""Of what the hash beside the code is, on the letter itself."""
BY_CERTIFICATE: Final = "见电子签名证书 see the certificate of the signature"
"""Stands for who signs where a letter names nobody."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A party of a letter, as registered.

    Attributes:
        name: in both languages.
        register_id: unified social credit code or other register number.
        address: seat, in both languages.
        customs_code: of a firm registered with customs.
        lei: legal entity identifier.
        bic: of a bank or an insurer on the network.
    """

    name: Label
    register_id: str
    address: Label
    customs_code: str | None = None
    lei: str | None = None
    bic: str | None = None

    def facts(self, role: Label) -> tuple[Fact, ...]:
        """The party in the `role` that it has; a code that it does not have is struck through."""
        return (
            Fact(role, self.name),
            Fact(Label("地址", "Address"), self.address),
            Fact(Label("统一社会信用代码", "USCC"), self.register_id),
            Fact(Label("法人识别编码", "LEI"), self.lei),
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """By what a paper is checked, and who seals it.

    Attributes:
        content_hash: SHA-256 of what a version of the letter says, 64 hexadecimal digits; or empty.
            On a notice it is the letter's: what the register holds and the code leads to. The
            notice's own words are attached to it, and their hash cannot stand among them.
        code_url: public page that tells whether the paper is in force; or empty.
        signatory: who signs, with post; None where the certificate says who.
        place: where it is sealed.
        on: date of the seal.
        demonstration: sealed by a self-made authority, and every page says so.
        prevailing: the language that decides.

    Raises:
        Invalid: `code-unfit`, as `documents.blocks.Code`.
    """

    content_hash: str
    code_url: str
    signatory: str | None
    place: Label
    on: date
    demonstration: bool
    prevailing: Label

    def __post_init__(self) -> None:
        self._code(OWN)  # an address that no code can hold is refused before anything is drawn

    def seal(self, name: str, hashed: Label = OWN) -> Seal:
        """The box for the seal of `name`, with the code beside it; `hashed` says of what."""
        signatory = BY_CERTIFICATE if self.signatory is None else self.signatory
        return Seal((ISSUER, name), signatory, written(self.place), self.on, self._code(hashed))

    def _code(self, hashed: Label) -> Code | None:
        if not self.code_url:
            return None
        said = (*hashed.words, self.content_hash) if self.content_hash else ()
        return Code(CHECKED_AT, self.code_url, said)

    def foot(self, version: int | None = None, *, about: str = "") -> Foot:
        """What stands at the foot of every page; `about` as of `Foot`."""
        return Foot(version, self.content_hash, self.demonstration, deed=True, about=about)

    def note(self, *effects: Label) -> Note:
        """What a notice says of its own effect, then which language decides."""
        one = self.prevailing
        language = Label(
            f"中英文不一致的，以{one.zh}文本为准；大小写金额不一致的，以大写为准。",
            f"The {one.en} text prevails; amounts in words prevail over figures.",
        )
        lines = tuple(f"{each.zh}\n{each.en}" for each in (*effects, language))
        return Note(Label("效力与说明", "Effect and notes"), lines, deed=True)


@dataclass(frozen=True, slots=True)
class Concerned:
    """The letter that a notice speaks of.

    Attributes:
        letter_number: number of the letter.
        version: which version is meant.
        policy_number: the policy under which it is issued.
        issued_on: its date.
        beneficiaries: the customs districts.
        debtor: the importer.
        guarantor: who pays.
        amount: most that it guarantees, as this version says.
        usable_until: last day on which a declaration may use it.
        claim_until: last day of demand.
    """

    letter_number: str
    version: int
    policy_number: str
    issued_on: date
    beneficiaries: tuple[Label, ...]
    debtor: Label
    guarantor: Label
    amount: Money
    usable_until: date
    claim_until: date

    def hashed(self, version: int | None = None) -> Label:
        """Of what the hash on a notice is: of this version of the letter, or of a later one."""
        which = version or self.version
        return Label(
            f"保函 {self.letter_number} 第 {which} 版的内容摘要",
            f"SHA-256 of the content of letter {self.letter_number}, version {which}",
        )

    def block(self) -> Facts:
        """The letter, told so that it cannot be taken for another."""
        favoured = "\n".join(map(written, self.beneficiaries))
        facts = (
            Fact(Label("保函编号", "Letter number"), self.letter_number),
            Fact(Label("版本", "Version"), self.version),
            Fact(Label("开立日期", "Issued on"), self.issued_on),
            Fact(Label("保险单号", "Policy number"), self.policy_number),
            Fact(Label("受益人", "Beneficiaries"), favoured),
            Fact(Label("被担保人", "Debtor"), self.debtor),
            Fact(Label("担保人", "Guarantor"), self.guarantor),
            Fact(Label("担保金额", "Amount"), self.amount, in_words=True),
            Fact(Label("使用截止日", "Usable until"), self.usable_until),
            Fact(Label("索赔截止日", "Claim until"), self.claim_until),
        )
        return Facts(Label("所涉保函", "The letter concerned"), facts, deed=True)


def listed(labels: tuple[Label, ...]) -> str:
    """Chinese first, then English, as one line.

    >>> listed((Label("关税", "duty"), Label("消费税", "excise")))
    '关税、消费税 duty, excise'
    """
    zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
    return f"{zh} {en}"
