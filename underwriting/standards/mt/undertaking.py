"""A letter as MT760, with MT761 where its terms are too long for one message.

mt760(terms) -> text
"""

from collections.abc import Iterable

from kernel.errors import invalid
from underwriting.letters.terms import LetterTerms
from underwriting.standards.clause import LABEL_EN, PROMISE_EN
from underwriting.standards.kinds import amount_text
from underwriting.standards.lines import Line, stated
from underwriting.standards.mapping import by_label
from underwriting.standards.mt.days import day_text
from underwriting.standards.mt.issuer import issuer, terminal
from underwriting.standards.mt.labels import MOST_LINES, labelled
from underwriting.standards.mt.message import Message
from underwriting.standards.mt.parties import named, named_at
from underwriting.standards.mt.series import checked, series

LAW_MOST = 65
"""So much of the governing law 44J holds; a longer one stands in 77U."""

COUNTRIES = {"CN": "CN", "US": "US"}
"""Of each customs law, the country that 44J names; the law of a union has none."""


def mt760(terms: LetterTerms, *, content_hash: str | None = None) -> str:
    """Return a letter as MT760.

    Args:
        terms: what it says.
        content_hash: of the terms, to be named in 23X.

    Raises:
        Invalid: a character, a length or a number of lines that the message does not carry.
    """
    return checked(undertaking(terms, content_hash))


def undertaking(terms: LetterTerms, content_hash: str | None) -> Message:
    """Return MT760 as fields, not checked yet."""
    own, said = _own(terms)
    texts = _by_field(stated(terms, "mt"), said)
    promise = labelled([Line(LABEL_EN, PROMISE_EN[terms.nature])], "77U")
    free = [*promise, *texts.pop("77U")]
    for tag, lines in texts.items():
        if len(lines) > MOST_LINES[tag]:
            problem = f"needs {len(lines)} lines of {MOST_LINES[tag]}"
            raise invalid(f"MT760.B.{tag}", problem, "shorten the texts", code="not-exportable")
        own[tag] = "\n".join(lines)
    general = {"15A": "", "22A": "ISSU"}
    if content_hash is not None:
        general["23X"] = f"OTHR/{content_hash}"
    issued = issuer(terms)
    ends = {"20": terms.number, issued.tag: issued.text}
    return series("760", {"A": general, "B": own}, free, ends, terminal(terms))


def _by_field(lines: Iterable[Line], said: set[str]) -> dict[str, list[str]]:
    """Return the lines of each field that holds labels; 77U takes what has no room elsewhere.

    The name of the first district stands in 59 and is left out here.
    """
    found: dict[str, list[Line]] = {}
    unnamed = True
    for line in lines:
        first, unnamed = unnamed and line.label == "BENEFNAM", unnamed and line.label != "BENEFNAM"
        tag = by_label()[line.label].mt
        if line.label not in said and not first:
            found.setdefault(tag if tag in MOST_LINES else "77U", []).append(line)
    return {tag: labelled(inside, tag) for tag, inside in found.items()}


def _own(terms: LetterTerms) -> tuple[dict[str, str], set[str]]:
    """Return the fields that have a form of their own, and the labels that they state."""
    applicant, both = named_at(terms.debtor.en, terms.debtor.address_en, "debtor.en")
    issued = issuer(terms)
    if not terms.beneficiaries:
        raise invalid("beneficiaries", "is empty", "name a district", code="not-exportable")
    own = {
        "15B": "",
        "20": terms.number,
        "30": day_text(terms.issued_on, "issued_on"),
        "22D": "DGAR",
        "40C": terms.rules,
        "23B": "FIXD",
        "31E": day_text(terms.claim_until, "claim_until"),
        "50": applicant,
        issued.tag: issued.text,
        "59": named(terms.beneficiaries[0].en, "beneficiaries[].en"),
        "32B": amount_text(terms.amount),
    }
    said = {"NUMBER", "ISSUED", "RULES", "CLAIMTO", "DEBTNAME", "AMOUNT"} | issued.labels
    said |= {"PARTIAL", "MULTIPLE", "TRANSFER"} | ({"DEBTADDR"} if both else set())
    law = _law(terms)
    return own | _indicators(terms) | law, said | ({"LAW"} if law else set())


def _law(terms: LetterTerms) -> dict[str, str]:
    """Return field 44J, where a country can be named and the words have room."""
    if terms.regime not in COUNTRIES or len(terms.law_en) > LAW_MOST:
        return {}
    return {"44J": f"{COUNTRIES[terms.regime]}\n/{terms.law_en}"}


def _indicators(terms: LetterTerms) -> dict[str, str]:
    """Return 48B where a demand may not be partial or not multiple, and 48D where it transfers."""
    found = {"48D": "TRAN"} if terms.transferable else {}
    match terms.demands.partial, terms.demands.multiple:
        case True, False:
            found["48B"] = "NMLT"
        case False, True:
            found["48B"] = "NPRT"
        case False, False:
            found["48B"] = "NMPT"
    return found
