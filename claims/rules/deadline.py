"""One clock of a claim: what must be done, on which article, by when, and what follows if not."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

INSURER: Final = "insurer"
INSURED: Final = "insured"

_SAID: Final = {
    "assess": ("核定", "assess the claim", "保险法 Insurance Law art. 23", INSURER),
    "advance": (
        "先行支付可确定的数额", "pay what can be ascertained in advance",
        "保险法 Insurance Law art. 25", INSURER,
    ),
    "limitation": (
        "诉讼时效", "limitation of the claim on the insurer",
        "保险法 Insurance Law art. 26", INSURED,
    ),
    "notice": ("通知保险事故", "notify the insured event", "保险法 Insurance Law art. 21", INSURED),
    "pay": ("达成协议后赔付", "pay after agreement", "保险法 Insurance Law art. 23", INSURER),
    "refuse": (
        "发出拒赔通知并说明理由", "send the refusal with its reasons",
        "保险法 Insurance Law art. 24", INSURER,
    ),
    "pool_filing": (
        "向{of}申报最终损失", "file the final loss with {of}",
        "分担方案 the scheme's own days", INSURER,
    ),
}  # fmt: skip
"""Clock -> what is to be done, in Chinese and English, the article, whose turn it is."""

_DAMAGES: Final = (
    "逾期的，除支付保险金外，还应赔偿因此受到的损失（保险法第二十三条第二款）",
    "late: damages are owed beside the payment (Insurance Law art. 23 para. 2)",
)
_CONSEQUENCES: Final = {
    "assess": _DAMAGES,
    "pay": _DAMAGES,
    "advance": _DAMAGES,
    "refuse": (
        "逾期的，应赔偿因此受到的损失；拒赔理由不因逾期而增加",
        "late: damages for the delay are owed; no ground is added by it",
    ),
    "limitation": (
        "届满后保险人可以不履行义务抗辩（民法典第一百九十二条）",
        "after it the insurer may refuse (Civil Code art. 192)",
    ),
    "notice": (
        "逾期通知致损失无法确定的部分不予赔付（保险法第二十一条）",
        "late: no cover for what can no longer be established (Insurance Law art. 21)",
    ),
    "pool_filing": ("逾期的，资金池可以拒绝受理", "late: the pool may refuse to take it"),
}
"""Clock -> what follows where it is missed, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock.

    Attributes:
        code: stable, for programs.
        zh: what must be done, in Chinese.
        en: the same in English.
        clause: the article.
        due: last day; None while the clock stands still.
        done_on: the day it was done; None is open.
        whose: whose turn it is.
        stands_since: the day from which it stands still; None where it runs.
        kept: days still in hand while it stands still.
    """

    code: str
    zh: str
    en: str
    clause: str
    due: date | None
    done_on: date | None
    whose: str = INSURER
    stands_since: date | None = None
    kept: int | None = None

    def late(self, on: date) -> bool:
        """Say whether it was missed, or is being missed on `on`."""
        return self.due is not None and (self.done_on or on) > self.due

    def days_left(self, on: date) -> int | None:
        """Return the days in hand, below nought where late; None where done or none is set."""
        if self.done_on is not None:
            return None
        return self.kept if self.due is None else (self.due - on).days

    @property
    def consequence(self) -> tuple[str, str]:
        """What follows where it is missed, in Chinese and English."""
        return _CONSEQUENCES[self.code]

    def json(self) -> dict[str, Any]:
        """The clock as it crosses the wire."""
        return {
            "code": self.code,
            "words": self.en,
            "words_zh": self.zh,
            "clause": self.clause,
            "due": self.due and self.due.isoformat(),
            "done_on": self.done_on and self.done_on.isoformat(),
        }


def clock(
    code: str,
    due: date | None,
    done_on: date | None,
    *,
    of: str = "",
    stands_since: date | None = None,
    kept: int | None = None,
) -> Deadline:
    """Return a clock of a known code with its words; `of` names whom it is about.

    >>> clock("refuse", date(2026, 3, 23), None).en
    'send the refusal with its reasons'
    """
    zh, en, clause, whose = _SAID[code]
    words = (zh.format(of=of), en.format(of=of))
    return Deadline(code, *words, clause, due, done_on, whose, stands_since, kept)
