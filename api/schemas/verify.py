"""What anyone is told of a letter or a file, on the wire."""

from datetime import date, datetime

from pydantic import Field

from api.schemas.common import Answer
from documents.sealing import Verdict
from kernel.wire import MoneyWire
from underwriting.guarantees.public import Checked, Shown


class DistrictAnswer(Answer):
    """A customs district in whose favour a letter is."""

    code: str
    zh: str
    en: str


class ShownAnswer(Answer):
    """One edition of a letter, as the world may see it."""

    version: int
    newest: int = Field(description="The version in force, or that ended")
    status: str
    in_force: bool
    since: datetime
    amount: MoneyWire
    districts: tuple[DistrictAnswer, ...]
    guarantor_zh: str
    guarantor_en: str
    usable_until: date
    claim_until: date
    file_sha256: str = Field(description="Of the whole signed file")
    demonstration: bool = Field(description="Signed by a self-made authority: no legal effect")


class CheckedAnswer(Answer):
    """What is found of a number and a content code."""

    number: str
    found: str
    sandbox: bool = Field(description="True: nothing here is valid, whatever is found")
    letter: ShownAnswer | None = Field(description="Null where the code is not that of the letter")


class TestedAnswer(Answer):
    """One test of a file."""

    code: str
    passed: bool
    en: str
    zh: str


class VerdictAnswer(Answer):
    """Whether a file is ours, unchanged and in force, with every test."""

    accepted: bool
    file_sha256: str
    tests: tuple[TestedAnswer, ...]


def checked_answer(found: Checked, *, sandbox: bool = False) -> CheckedAnswer:
    """Return what is found of a number; no letter is in force in a sandbox."""
    shown = _shown(found.shown, sandbox=sandbox) if found.shown else None
    return CheckedAnswer(
        number=found.number, found=found.found.value, sandbox=sandbox, letter=shown
    )


def verdict_answer(verdict: Verdict, digest: str) -> VerdictAnswer:
    """Return the verdict on a file."""
    tests = tuple(
        TestedAnswer(code=one.code, passed=one.passed, en=one.en, zh=one.zh)
        for one in verdict.tests
    )
    return VerdictAnswer(accepted=verdict.accepted, file_sha256=digest, tests=tests)


def _shown(shown: Shown, *, sandbox: bool) -> ShownAnswer:
    same = (
        "version", "newest", "status", "since", "guarantor_zh", "guarantor_en",
        "usable_until", "claim_until", "file_sha256", "demonstration",
    )  # fmt: skip
    return ShownAnswer(
        **{name: getattr(shown, name) for name in same},
        in_force=shown.in_force and not sandbox,
        amount=MoneyWire(amount=shown.amount, currency=shown.currency),
        districts=tuple(
            DistrictAnswer(code=code, zh=zh, en=en) for code, zh, en in shown.districts
        ),
    )
