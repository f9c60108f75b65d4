"""A ground in both languages."""

from kernel.finding import Effect, Finding


def ground(code: str, en: str, zh: str, *, clause: str, cure: str, cure_zh: str) -> Finding:
    """Return a finding that forbids the issue; its cure is said in English, then in Chinese."""
    return Finding(code, Effect.DECLINE, en, zh, clause, f"{cure} {cure_zh}")
