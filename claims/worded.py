"""Codes of a claim in the words that its papers print: by its kind, by the roles of the parties."""

from claims.facts import Case
from claims.names import party_name
from claims.rules.timeline.phrases import named, split_name
from documents.blocks import Label
from documents.forms.claim_words import ClaimWords
from kernel.sharing import Step, StepKind, words_en, words_zh


def claim_words(case: Case) -> ClaimWords:
    """Return what the papers of a claim call those whom it concerns."""
    kind = case.kind
    event = Label(kind.event_zh, kind.event_en[:1].upper() + kind.event_en[1:])
    insured, debtor, payment = (
        Label(*split_name(words)) for words in (kind.insured, kind.debtor, kind.payment)
    )
    return ClaimWords(insured, debtor, event, payment)


def party_called(case: Case, party: str) -> str:
    """Return what a party of the scheme is called, in Chinese and in English."""
    return " ".join(party_name(case, party))


def step_told(case: Case, step: Step) -> tuple[str, str]:
    """Return a step of the sharing in Chinese and in English, its parties by name."""
    zh, en = words_zh(_of_kind(case, step, 0)), words_en(_of_kind(case, step, 1))
    return _parties_in(case, zh, 0), _parties_in(case, en, 1)


def _of_kind(case: Case, step: Step, tongue: int) -> Step:
    """Return a step whose loss base is said in the words of the claim's kind, such as tax."""
    base, blank, rest = step.term.partition(" ")
    if step.kind is not StepKind.ELIGIBLE or base not in case.kind.shares:
        return step
    return step._replace(term=f"{case.kind.shares[base][tongue]}{blank}{rest}")


def reason_told(case: Case, words: str) -> str:
    """Return what was noted of a share, `中文。 English`, its parties by name."""
    zh, mark, en = words.partition("。 ")
    if not mark:
        return words
    return f"{_parties_in(case, zh, 0)}。 {_parties_in(case, en, 1)}"


def terms_told(case: Case, clause: str) -> str:
    """Return the terms that a call cites, parties by name."""
    return "; ".join(reason_told(case, part) for part in clause.split("; "))


def _parties_in(case: Case, words: str, tongue: int) -> str:
    names = {party: party_name(case, party)[tongue] for party in case.scheme.scheme.parties}
    return named(words, ("zh", "en")[tongue], names.get)
