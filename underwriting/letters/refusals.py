"""Why a letter may not be issued: every ground at once, each with clause and cure.

    refusals(terms, evidence) -> findings; empty: it may be issued

No ground looks at another: whoever mends all that is named has a letter that can be issued.
"""

from kernel.finding import Finding
from underwriting.letters.evidence import CreditClass, Evidence, IssuerKind
from underwriting.letters.grounds.amount import amount_grounds
from underwriting.letters.grounds.parties import party_grounds
from underwriting.letters.grounds.period import period_grounds
from underwriting.letters.grounds.security import security_grounds
from underwriting.letters.grounds.undertaking import undertaking_grounds
from underwriting.letters.grounds.words import word_grounds
from underwriting.letters.terms import LetterTerms

__all__ = ["CreditClass", "Evidence", "IssuerKind", "refusals"]


def refusals(terms: LetterTerms, evidence: Evidence) -> tuple[Finding, ...]:
    """Return every ground on which this version may not be issued, in the order of the letter."""
    return (
        *word_grounds(terms),
        *party_grounds(terms, evidence),
        *undertaking_grounds(terms, evidence),
        *amount_grounds(terms, evidence),
        *period_grounds(terms, evidence),
        *security_grounds(terms, evidence),
    )
