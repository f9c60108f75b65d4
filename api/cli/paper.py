"""`zhibao paper` and `zhibao explained`: the papers that are asked for, and what they rest on."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from api.cli.desk_work import open_counter
from api.cli.speak import read_file
from api.cli.who import Who
from api.sandbox.paper import mark_on
from api.schemas.explanations import ExplanationRequest, explanations_answer
from api.schemas.paper_acts import ClaimPaper, PolicyPaper, QuotePaper
from api.schemas.trail import document_answer
from claims.issue_claim_paper import issue_claim_paper
from claims.store import claim_named
from documents.printed import printed
from documents.stated import read_stated
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.settings import Settings
from underwriting.explained import explanations
from underwriting.history.store import policy_named, quote_named
from underwriting.issue_policy_paper import issue_policy_paper
from underwriting.issue_quote_paper import issue_quote_paper
from underwriting.note_explanation import exemptions_of_quote, note_explanation
from underwriting.store import DocumentRow

Issue = Callable[[Session, str, str, Desk], DocumentRow]


def run_paper(
    kind: str, name: str, out: Path | None, settings: Settings, who: Who
) -> dict[str, Any]:
    """Issue a paper of a quote, policy or claim, by id or number; write its PDF where asked.

    Raises:
        Invalid: there is no such kind of paper, or the file cannot be written.
        NotFound: there is no such quote, policy or claim.
        Conflict: it is not as far.
    """
    issue = _issue_of(kind)

    def act(session: Session, desk: Desk) -> tuple[dict[str, Any], str]:
        kept = issue(session, name, kind, desk)
        assert kept.stated is not None, "what is issued here is kept as what it says"
        return document_answer(session, kept).model_dump(mode="json"), kept.stated

    answer, said = open_counter(settings, who).do(act)
    if out is not None:
        _write(out, printed(read_stated(said), mark=mark_on(settings)).content)
        answer["file"] = str(out)
    return answer


def run_explained(name: str, file: str | None, settings: Settings, who: Who) -> dict[str, Any]:
    """Say which clauses of a quote must be explained; record that they were, where a file says so.

    Raises:
        Invalid: the file is wrong; every fault is named with its cure.
        NotFound: there is no such quote.
        Conflict: the quote is bound or withdrawn.
    """
    sent = read_file(ExplanationRequest, file) if file else None

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        row = quote_named(session, name)
        if sent is not None:
            note_explanation(session, row.id, sent.explained(), desk=desk)
        recorded = explanations(session, row.id)
        answer = explanations_answer(row.id, exemptions_of_quote(row), recorded)
        return answer.model_dump(mode="json")

    return open_counter(settings, who).do(act)


def _of_quote(session: Session, name: str, kind: str, desk: Desk) -> DocumentRow:
    return issue_quote_paper(session, quote_named(session, name).id, kind, desk=desk)


def _of_policy(session: Session, name: str, kind: str, desk: Desk) -> DocumentRow:
    return issue_policy_paper(session, policy_named(session, name).id, kind, desk=desk)


def _of_claim(session: Session, name: str, kind: str, desk: Desk) -> DocumentRow:
    return issue_claim_paper(session, claim_named(session, name).id, kind, desk=desk)


_ISSUES: Final[Mapping[str, Issue]] = {
    **dict.fromkeys(QuotePaper, _of_quote),
    **dict.fromkeys(PolicyPaper, _of_policy),
    **dict.fromkeys(ClaimPaper, _of_claim),
}
"""Kind of paper -> how it is issued."""


def _issue_of(kind: str) -> Issue:
    if kind not in _ISSUES:
        known = ", ".join(_ISSUES)
        raise invalid("kind", f"{kind!r} is no paper that is asked for", f"use one of {known}")
    return _ISSUES[kind]


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise invalid(
            "out", f"cannot be written: {error.strerror}", "name another file"
        ) from None  # fmt: skip
