"""The lines that the elements of tsrv.001 state."""

from kernel.errors import invalid
from underwriting.standards.iso import parts
from underwriting.standards.iso.tree import Node
from underwriting.standards.kinds import amount_text
from underwriting.standards.lines import Line

_FLAGS = {"true": "YES", "false": "NO", "1": "YES", "0": "NO"}
_MEDIA = {"PAPR": "PAPER", "ELEC": "ELECTRONIC", "BOTH": "BOTH"}
_OF_DISTRICT = ("BENEFROL", "BENEFNAM")


def lines_of(details: Node) -> list[Line]:
    """Return what `UdrtkgIssncDtls` states."""
    told = parts.read_terms(details.every("UdrtkgTermsAndConds"))
    return [
        *_single(details),
        *parts.read_party(_inside(details, "Applcnt"), parts.DEBTOR),
        *parts.read_party(_inside(details, "Issr"), parts.GUARANTOR),
        *_districts(details, [one for one in told if one.label in _OF_DISTRICT]),
        *parts.read_labelled(_inside(details, "UdrtkgAmt").every("AddtlInf")),
        *parts.read_labelled(_inside(details, "XpryDtls").every("AddtlXpryInf")),
        *_rules(_inside(details, "GovncRulesAndLaw")),
        *_underlying(details.every("UndrlygTx")),
        *_presentation(_inside(details, "PresntnDtls")),
        *(one for one in told if one.label not in _OF_DISTRICT),
    ]


def _inside(details: Node, name: str) -> Node:
    found = details.one(name)
    if found is None:
        raise invalid(name, "is missing", "give it")
    return found


def _single(details: Node) -> list[Line]:
    money = parts.read_amount(details.one("UdrtkgAmt/Amt"), "UdrtkgAmt/Amt")
    return [
        Line("NUMBER", details.text("Id")),
        Line("ISSUED", details.text("DtOfIssnc")),
        Line("PLACEZH", details.text("PlcOfIsse/TwnNm")),
        Line("AMOUNT", amount_text(money)),
        Line("CLAIMTO", details.text("XpryDtls/XpryTerms/DtTm/Dt")),
        Line("MULTIPLE", _flag(details, "MltplDmndInd")),
        Line("PARTIAL", _flag(details, "PrtlDmndInd")),
        Line("TRANSFER", _flag(details, "TrfInd")),
    ]


def _flag(details: Node, name: str) -> str:
    return _coded(details.text(name), _FLAGS, name)


def _coded(text: str, known: dict[str, str], field: str) -> str:
    if text not in known:
        raise invalid(field, f"{text!r} is not a code", f"use one of {', '.join(known)}")
    return known[text]


def _districts(details: Node, told: list[Line]) -> list[Line]:
    """Return the districts, each with its role and its English name from the terms."""
    found: list[Line] = []
    districts = details.every("Bnfcry")
    if [one.label for one in told] != list(_OF_DISTRICT) * len(districts):
        raise invalid("Bnfcry", "does not go with the terms", "state role and name of each")
    for index, one in enumerate(districts):
        held = parts.ids(one)
        found.append(Line("BENEFNO", held.get("CUSTOMS", "")))
        found.append(Line("BENEFZH", one.text("Nm")))
        found += told[2 * index : 2 * index + 2]
    return found


def _rules(found: Node) -> list[Line]:
    coded = found.one("RuleId/Cd")
    law, court = _both(found.one("AplblLaw"), "Txt"), _both(found.one("Jursdctn"), "Txt")
    return [
        Line("RULES", found.text("RuleId/Cd" if coded else "RuleId/Prtry/Id")),
        Line("LAWZH", law[0]),
        Line("LAW", law[1]),
        Line("COURTZH", court[0]),
        Line("COURT", court[1]),
    ]


def _both(found: Node | None, name: str) -> tuple[str, str]:
    """Return a text in Chinese and in English."""
    texts = [one.inside for one in found.every(name)] if found else []
    match texts:
        case [str(zh), str(en)]:
            return zh, en
    raise invalid(name, "does not stand in both languages", "give Chinese, then English")


def _underlying(found: list[Node]) -> list[Line]:
    lines: list[Line] = []
    purposes: list[str] = []
    for one in found:
        kind = one.text("Tp/Prtry/Id")
        if one.one("Tp/Prtry/SchmeNm"):
            purposes.append(kind)
        elif kind == "OBLIGATION":
            zh, en = _both(one, "AddtlInf")
            lines += [Line("OBLIGZH", zh), Line("OBLIGN", en)]
        else:
            tax = parts.read_amount(one.one("TxAmt"), "TxAmt")
            lines += [Line("DECLNO", one.text("Id")), Line("DECLON", one.text("TxDt"))]
            lines.append(Line("DECLTAX", amount_text(tax)))
    return [*lines, Line("PURPOSE", ", ".join(purposes))] if purposes else lines


def _presentation(found: Node) -> list[Line]:
    lines = [Line("MEDIUM", _coded(found.text("Mdm/Cd"), _MEDIA, "Mdm"))]
    for one in found.every("Doc"):
        zh, split, en = one.text("Wrdg").partition("\n")
        if not split:
            raise invalid("Wrdg", "does not stand in both languages", "give Chinese, then English")
        lines += [Line("PAPERZH", zh), Line("PAPER", en)]
    return [*lines, *parts.read_labelled(found.every("AddtlInf"))]
