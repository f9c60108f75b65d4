"""Verifying a file that anybody may have sent: every test, and what each of them found."""

from collections.abc import Callable
from hashlib import sha256

from documents.sealing.asked import QUESTIONS, Question
from documents.sealing.case import Case, examined
from documents.sealing.trust import anchors
from documents.sealing.verdict import Registered, Tested, Verdict


def verify(
    content: bytes, *, trusted: tuple[bytes, ...], register: Callable[[str], Registered | None]
) -> Verdict:
    """Test whether a file is ours, unchanged and in force.

    No clock is asked: the chain is checked at the instant that the signer claims, and whether
    the letter holds now is the register's to say. Whatever the file is made of, the answer is
    a verdict; only what `register` raises, or a `trusted` that holds no certificate, goes
    through.

    Args:
        content: the file as it was sent.
        trusted: root certificates, DER or PEM, of signers and of stamp services.
        register: what the register says of a whole file's SHA-256; None when nothing.
    """
    anchors(trusted)
    digest = sha256(content).hexdigest()
    case = examined(content, digest, trusted, register(digest))
    tests = tuple(_tested(one, case) for one in QUESTIONS)
    return Verdict(all(one.passed for one in tests), tests)


def _tested(one: Question, case: Case) -> Tested:
    wrong = one.wrong(case)
    return Tested(one.code, wrong is None, *(wrong or one.passed))
