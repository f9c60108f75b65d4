"""A letter as tsrv.001, undertaking issuance, and back.

    tsrv001(terms, signed_pdf) -> XML
    read_tsrv001(xml) -> Issued(terms without counter-security, signed_pdf)

Chinese and English both pass. What the standard has no element for stands in the terms and
conditions, one narrative for each label of `mapping.toml`.
"""

from dataclasses import dataclass

from kernel.errors import invalid
from kernel.money import Money
from kernel.plain import read_plain
from underwriting.letters.terms import LetterTerms
from underwriting.standards.clause import LABEL_EN, LABEL_ZH, PROMISE_EN, PROMISE_ZH
from underwriting.standards.iso import parts
from underwriting.standards.iso.parse import Parsed, parsed, same
from underwriting.standards.iso.tree import Node, code, document, leaf, node
from underwriting.standards.iso.undertaking_read import lines_of
from underwriting.standards.lines import Line, fields_of, stated
from underwriting.standards.mapping import by_label

KIND = "001"
TOWN_MOST = 35
PROMISES = (LABEL_EN, LABEL_ZH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What an issuance carries.

    Attributes:
        terms: the letter; no counter-security, which no message carries.
        signed: the signed letter, or None where none is enclosed.
    """

    terms: LetterTerms
    signed: bytes | None


def tsrv001(terms: LetterTerms, signed: bytes | None = None) -> bytes:
    """Return the issuance of a letter.

    Args:
        terms: what it says.
        signed: the signed letter, at most 2,097,152 bytes.

    Raises:
        Invalid: a text that the standard does not take.
    """
    return document(KIND, _issuance(terms, signed))


def read_tsrv001(xml: bytes) -> Issued:
    """Return what an issuance carries; one that holds anything else is refused."""
    return issued_of(parsed(xml))


def issued_of(message: Parsed) -> Issued:
    """Return what an issuance carries, from its elements."""
    details = message.root.one("UdrtkgIssncDtls")
    if message.kind != KIND or details is None:
        raise invalid("xml", "is no issuance", "send tsrv.001")
    lines = [one for one in lines_of(details) if one.label not in PROMISES]
    terms = read_plain(LetterTerms, fields_of(lines, "tsrv") | {"security": []})
    signed = parts.read_enclosed(details.one("NclsdFile"))
    same(message.root, _issuance(terms, signed))
    return Issued(terms=terms, signed=signed)


def promise(nature: str) -> list[Line]:
    """Return the sentence that binds, in both languages."""
    return [Line(LABEL_ZH, PROMISE_ZH[nature]), Line(LABEL_EN, PROMISE_EN[nature])]


def issuer(terms: LetterTerms) -> Node:
    """Return the guarantor, as every message names it."""
    said = dict(stated(terms, "tsrv"))
    return parts.party("Issr", said, parts.GUARANTOR, chinese=terms.regime == "CN")


def _issuance(terms: LetterTerms, signed: bytes | None) -> Node:
    lines = stated(terms, "tsrv")
    told = [*promise(terms.nature), *(one for one in lines if by_label()[one.label].tsrv == "T+C")]
    details = node(
        "UdrtkgIssncDtls",
        leaf("Id", terms.number, parts.ID_MOST, "number"),
        code("Nm", "DGAR"),
        code("IssncTp", "ISSU"),
        *_parties(terms, dict(lines)),
        *_where_and_when(terms),
        node("UdrtkgAmt", parts.amount("Amt", terms.amount), *_more(lines, "UdrtkgAmt/AddtlInf")),
        _expiry(terms, lines),
        _rules(terms),
        *_underlying(terms, dict(lines)),
        _presentation(terms, lines),
        *parts.terms("UdrtkgTermsAndConds", told),
        code("MltplDmndInd", _flag(yes=terms.demands.multiple)),
        code("PrtlDmndInd", _flag(yes=terms.demands.partial)),
        code("TrfInd", _flag(yes=terms.transferable)),
        parts.enclosed(signed, terms.number),
    )
    return node("UdrtkgIssnc", details)


def _parties(terms: LetterTerms, said: dict[str, str]) -> list[Node]:
    debtor = parts.party("Applcnt", said, parts.DEBTOR, chinese=terms.regime == "CN")
    return [debtor, issuer(terms), *_districts(terms)]


def _where_and_when(terms: LetterTerms) -> list[Node]:
    town = leaf("TwnNm", terms.place_zh, TOWN_MOST, "place_zh")
    return [
        code("DtOfIssnc", terms.issued_on.isoformat()),
        node("PlcOfIsse", town, code("Ctry", terms.regime)),
    ]


def _expiry(terms: LetterTerms, lines: tuple[Line, ...]) -> Node:
    last = node("DtTm", code("Dt", terms.claim_until.isoformat()))
    return node("XpryDtls", node("XpryTerms", last), *_more(lines, "XpryDtls/AddtlXpryInf"))


def _more(lines: tuple[Line, ...], place: str) -> list[Node]:
    """Return the labelled texts of an element for more."""
    inside = [one for one in lines if by_label()[one.label].tsrv == place]
    return parts.labelled(place.rpartition("/")[2], inside)


def _flag(*, yes: bool) -> str:
    return "true" if yes else "false"


def _districts(terms: LetterTerms) -> list[Node]:
    if not terms.beneficiaries:
        raise invalid("beneficiaries", "is empty", "name a district", code="not-exportable")
    return [
        node(
            "Bnfcry",
            leaf("Nm", one.zh, parts.NAME_MOST, "beneficiaries[].zh"),
            node("Id", node("OrgId", parts.other_id(one.code, "CUSTOMS", "beneficiaries[].code"))),
        )
        for one in terms.beneficiaries
    ]


def _rules(terms: LetterTerms) -> Node:
    """Return the rules and the law; rules of its own are proprietary."""
    own = node("Prtry", code("Id", terms.rules))
    return node(
        "GovncRulesAndLaw",
        node("RuleId", own if terms.rules == "OTHR" else code("Cd", terms.rules)),
        node("AplblLaw", *_both(terms.law_zh, terms.law_en, "law")),
        node("Jursdctn", *_both(terms.court_zh, terms.court_en, "court")),
    )


def _both(zh: str, en: str, field: str, name: str = "Txt") -> list[Node]:
    return [
        leaf(name, zh, parts.MORE_MOST, f"{field}_zh"),
        leaf(name, en, parts.MORE_MOST, f"{field}_en"),
    ]


def _underlying(terms: LetterTerms, said: dict[str, str]) -> list[Node]:
    """Return what the letter is for: purposes, the obligation, declarations."""
    purposes = said["PURPOSE"].split(", ") if "PURPOSE" in said else []
    return [
        *(node("UndrlygTx", _type(one, "PURPOSE")) for one in purposes),
        node(
            "UndrlygTx",
            _type("OBLIGATION"),
            *_both(terms.obligation_zh, terms.obligation_en, "obligation", "AddtlInf"),
        ),
        *(_declaration(one.number, one.on.isoformat(), one.tax) for one in terms.declarations),
    ]


def _declaration(number: str, on: str, tax: Money) -> Node:
    return node(
        "UndrlygTx",
        _type("DECLARATION"),
        leaf("Id", number, parts.ID_MOST, "declarations[].number"),
        code("TxDt", on),
        parts.amount("TxAmt", tax),
    )


def _type(name: str, scheme: str | None = None) -> Node:
    return node("Tp", node("Prtry", code("Id", name), code("SchmeNm", scheme) if scheme else None))


def _presentation(terms: LetterTerms, lines: tuple[Line, ...]) -> Node:
    """Return how a demand is presented, with the wording of each paper in both languages."""
    medium = {"paper": "PAPR", "electronic": "ELEC", "both": "BOTH"}[terms.demands.medium]
    papers = [
        node(
            "Doc",
            node("Tp", node("Prtry", code("Id", "DEMAND PAPER"))),
            leaf("Wrdg", f"{one.zh}\n{one.en}", parts.TERMS_MOST, "demands.papers[]"),
        )
        for one in terms.demands.papers
    ]
    more = _more(lines, "PresntnDtls/AddtlInf")
    return node("PresntnDtls", node("Mdm", code("Cd", medium)), *papers, *more)
