"""What everything in a case is called: its lines, papers, parties, grounds, and kinds of paper."""

from typing import Final

from sqlmodel import Session

from claims.counsel import store as counsel
from claims.facts import Case
from claims.rules.asked import listed
from claims.rules.disposal.costs import spendings
from claims.rules.timeline.phrases import split_name
from claims.rules.timeline.words import Names
from documents.forms import FORMS
from kernel.sharing import UNCOVERED

_ROLES: Final = {
    "bank": ("银行", "the bank"),
    "insured": ("被保险人", "the insured"),
    "insurer": ("保险人", "the insurer"),
    "pool": ("风险补偿资金", "the public fund"),
    "appraiser": ("评估机构", "the appraiser"),
    "guarantor": ("担保机构", "the guarantor"),
    "reinsurer": ("再保险人", "the reinsurer"),
}


def names_of(session: Session, case: Case) -> Names:
    """Return what the codes of a claim are called; parties and lines in their own order."""
    parties = {party: party_name(case, party) for party in case.scheme.scheme.parties}
    words = {**case.kind.lines, **listed(case.contract.papers, case.claim.file)}
    in_text = {
        **parties,
        UNCOVERED: ("未获分担部分", "the part that nobody bears"),
        case.policy.scheme_code: scheme_name(case.scheme.scheme.title),
    }
    return Names(
        case.claim.currency,
        {
            **{code: split_name(said) for code, said in words.items()},
            **{one["code"]: (one["words_zh"], one["words"]) for one in case.claim.findings},
            **_grounds(session, case.claim.id),
            **in_text,
            **_kinds(),
        },
        in_text,
    )


def party_name(case: Case, party: str) -> tuple[str, str]:
    """Return what a party of the scheme is called: by its role, with its code where two share it.

    `insurer` and `insurer_b` are of one role; a code alone would not be read aloud.
    """
    roles = case.scheme.scheme.roles
    role = roles[party].value
    zh, en = _ROLES.get(role, (role, f"the {role}"))
    alone = sum(one.value == role for one in roles.values()) == 1
    fixed = Names("", {}).known(party, "zh", "party"), Names("", {}).known(party, "en", "party")
    if not alone and fixed[0] and fixed[1]:
        return fixed[0], fixed[1]
    spoken = party.replace("_", " ")
    return (zh, en) if alone else (f"{zh}（{spoken}）", f"{en} ({spoken})")


def scheme_name(title: str) -> tuple[str, str]:
    """Return a scheme's title by language: `English (中文)`; both where it has one alone.

    >>> scheme_name("Zhongshan sharing (中山分担)")
    ('中山分担', 'Zhongshan sharing')
    """
    head, _, tail = title.rpartition(" (")
    chinese = bool(head) and any(letter >= "\u2e80" for letter in tail)
    return (tail.removesuffix(")"), head) if chinese else (title, title)


def reserved_ground(number: str, code: str) -> str:
    """Return under which code a ground stands as a letter that reserved rights worded it."""
    return f"{number}:{code}"


def _grounds(session: Session, claim_id: str) -> dict[str, tuple[str, str]]:
    """Return the grounds on which rights were reserved, each in the words of its own letter."""
    return {
        reserved_ground(row.number, one["code"]): (one["words_zh"], one["words"])
        for row in counsel.reservations(session, claim_id)
        for one in row.grounds
    }


def _kinds() -> dict[str, tuple[str, str]]:
    """Return kinds of paper and of expense, by the field `kind` in which they stand."""
    papers = {f"kind:{code}": (form.title.zh, form.title.en) for code, form in FORMS.items()}
    costs = {f"kind:{code}": split_name(one.words) for code, one in spendings().items()}
    return {**papers, **costs}
