"""The list of a claim's papers: what is needed and why, what came, what was rejected."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.facts import Case, needed_papers
from claims.rules.asked import asked, listed
from claims.rules.needed import when_needed
from claims.rules.timeline.phrases import split_name
from claims.uploads import store
from claims.uploads.tables import ClaimPaperRow, PaperRejectionRow

_LISTED = ("保单列明的索赔材料（保险法第二十二条）", "listed in the policy (Insurance Law art. 22)")
_ASKED = ("一次性补正通知列明", "named in the one request for papers")
_FACT = ("因新事实另行要求：{}", "asked for on a new fact: {}")


@dataclass(frozen=True, slots=True)
class Version:
    """A file that came as a paper.

    Attributes:
        row: the arrival.
        size: bytes.
        form: what it is.
        media_type: as it is handed out.
        rejected: the rejection that covers it; None where it stands.
    """

    row: ClaimPaperRow
    size: int
    form: str
    media_type: str
    rejected: PaperRejectionRow | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper on the list of a claim.

    Attributes:
        code: of the paper.
        zh: what it is, in Chinese.
        en: the same in English.
        why: why it is needed, in Chinese and English.
        needed: is it needed, by what is claimed so far?
        when: when alone it is needed, in Chinese and English; None is whatever is claimed.
        received_on: since when it is here; None is missing.
        asked_on: the day it was last asked for; None where it never was.
        versions: the files that came, first to newest.
        rejections: every time it was rejected.
    """

    code: str
    zh: str
    en: str
    why: tuple[str, str]
    needed: bool
    when: tuple[str, str] | None
    received_on: date | None
    asked_on: date | None
    versions: tuple[Version, ...]
    rejections: tuple[PaperRejectionRow, ...]


def checklist(session: Session, case: Case) -> tuple[Listed, ...]:
    """Return every paper of a claim, in the order of the policy."""
    file, claim_id = case.claim.file, case.claim.id
    sizes = store.sizes(session, claim_id)
    came, refused = store.versions(session, claim_id), store.rejections(session, claim_id)
    found, wanted = [], needed_papers(case)
    for code, name in listed(case.contract.papers, file).items():
        rejections = tuple(one for one in refused if one.code == code)
        zh, en = split_name(name)
        since = file["papers"].get(code)
        found.append(
            Listed(
                code,
                zh,
                en,
                _why(case, code),
                code in wanted,
                _when(case, code),
                date.fromisoformat(since) if since else None,
                max((one.asked_on for one in asked(file) if code in one.papers), default=None),
                tuple(
                    Version(row, *sizes[row.sha256], _rejected(row, rejections))
                    for row in came
                    if row.code == code
                ),
                rejections,
            )
        )
    return tuple(found)


def _why(case: Case, code: str) -> tuple[str, str]:
    if code in case.contract.papers:
        return _LISTED
    fact = next(one.fact for one in asked(case.claim.file) if code in one.papers)
    zh, en = _FACT if fact else _ASKED
    return zh.format(fact), en.format(fact)


def _when(case: Case, code: str) -> tuple[str, str] | None:
    when = when_needed(case.policy.product, code)
    return (when.zh, when.en) if when else None


def _rejected(
    row: ClaimPaperRow, rejections: tuple[PaperRejectionRow, ...]
) -> PaperRejectionRow | None:
    return next((one for one in rejections if one.through >= row.sequence), None)
