"""The content hash: what a code on the paper and a register can both name.

A file cannot hold its own hash. What it can hold is the hash of what it says.
"""

from kernel.canonical import canonical_sha256
from kernel.plain import plain
from underwriting.letters.terms import LetterTerms


def content_hash(terms: LetterTerms) -> str:
    """Return the SHA-256 of the canonical JSON of all terms, 64 hexadecimal digits.

    Equal terms have equal hashes on every machine; a change of any field changes it.
    """
    return canonical_sha256(plain(terms), "letter")
