"""The clauses of a letter: one wording, from which its terms choose."""

import re
from importlib.resources import files
from typing import Final

from documents.blocks import Clause
from documents.wording import clauses
from underwriting.letters.terms import LetterTerms
from underwriting.papers.letter_words import LANGUAGES

WORDING: Final = "customs-letter/1"
"""Name and edition: a change of the text is a new edition, and old letters keep theirs."""

_ONLY: Final = re.compile(r" *\[only ([a-z_]+)\]")


def letter_clauses(terms: LetterTerms) -> tuple[Clause, ...]:
    """Return the clauses that hold for `terms`, in order.

    A heading with `[only x]` opens a clause for letters of that nature or restoration.
    """
    said = {
        terms.nature,
        "restored" if terms.restored else "not_restored",
    }
    text = files("underwriting.papers").joinpath("letter_wording.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^(?=## )", text)
    kept = [_ONLY.sub("", part, count=1) for part in parts if _holds(part, said)]
    language = LANGUAGES[terms.prevailing]
    return clauses("".join(kept), {"zh": language.zh, "en": language.en}, name=WORDING)


def _holds(part: str, said: set[str]) -> bool:
    only = _ONLY.search(part.partition("\n")[0])
    return only is None or only[1] in said
