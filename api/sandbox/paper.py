"""What papers of a sandbox carry, and what is said of them to whoever checks one."""

from typing import Final

from documents.mark import SANDBOX
from documents.sealing import Tested, Verdict
from kernel.settings import Settings

NOT_VALID: Final = Tested(
    "sandbox",
    passed=False,
    en="this installation is a sandbox: nothing that it prints or seals is valid",
    zh="本系统为测试环境：其打印和签章的任何文件均无效",
)
"""The test that every file fails in a sandbox."""


def mark_on(settings: Settings) -> str:
    """Return what stands on every page that an installation prints; empty where it is real."""
    return SANDBOX if settings.sandbox else ""


def not_valid(verdict: Verdict) -> Verdict:
    """Return a verdict as a sandbox gives it: with its tests, and never accepted."""
    return Verdict(accepted=False, tests=(NOT_VALID, *verdict.tests))
