"""What an adjuster establishes of the conduct of the parties, and what follows from it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kernel.finding import Effect, Finding


class Question(NamedTuple):
    """One thing to establish, and what is said where it is not as it should be."""

    name: str
    should_be: bool
    code: str
    en: str
    zh: str
    clause: str


QUESTIONS: Final = (
    Question("counsel_consented", True, "counsel-unconsented",
             "counsel and budget had no written consent", "律师及预算未经书面同意",
             "wording: consent"),
    Question("settled_unconsented", False, "settled-unconsented",
             "the matter was settled or admitted without consent", "未经同意和解或承认责任",
             "Insurance Law Interpretation IV art. 19; wording: consent"),
    Question("wilful", False, "wilful",
             "the infringement was found to be wilful", "侵权被认定为故意",
             "Insurance Law art. 27; wording: exclusions"),
    Question("known_at_inception", False, "known-matter",
             "the matter was known, or should have been, before the cover began",
             "起保前已知悉或应当知悉该事项", "Insurance Law art. 16; wording: exclusions"),
    Question("only_by_contract", False, "only-by-contract",
             "the liability rests on a promise that is not covered", "责任仅因未承保的合同承诺产生",
             "wording: exclusions; schedule: promises to customers"),
    Question("criminal", False, "criminal",
             "the matter is a criminal proceeding", "案件属于刑事程序", "wording: exclusions"),
    Question("fraud_by_insured", False, "fraud",
             "the insured or its staff took part in fraud", "被保险人或其工作人员欺诈、串通",
             "Insurance Law art. 27; wording: exclusions"),
)  # fmt: skip

CONDUCT: Final = tuple(question.name for question in QUESTIONS)
"""Names of the facts, each true or false, missing until established."""


def conduct(file: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each answer that is missing or not as it should be."""
    for question in QUESTIONS:
        seen = file.get(question.name)
        if seen is None:
            yield Finding(
                f"{question.code}-unknown", Effect.WAIT,
                f"not yet established whether {question.en}", f"尚未查明：{question.zh}",
                question.clause, "state it with the assessment",
            )  # fmt: skip
        elif seen is not question.should_be:
            yield Finding(
                question.code, Effect.DECLINE, question.en, question.zh, question.clause,
                "show evidence to the contrary and have the claim assessed again",
            )  # fmt: skip
