"""Every query of papers that came in, as named functions of a session. Nothing here decides."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.uploads.tables import ClaimPaperRow, PaperRejectionRow, UploadRow
from underwriting.store import missing

__all__ = ["ClaimPaperRow", "PaperRejectionRow", "UploadRow"]  # what the floor above may name


def versions(session: Session, claim_id: str) -> tuple[ClaimPaperRow, ...]:
    """Return every file that came with a claim, by paper, first to newest version."""
    query = select(ClaimPaperRow).where(ClaimPaperRow.claim_id == claim_id)
    order = (col(ClaimPaperRow.code), col(ClaimPaperRow.sequence))
    return tuple(session.exec(query.order_by(*order)))


def versions_of(session: Session, claim_id: str, code: str) -> tuple[ClaimPaperRow, ...]:
    """Return the versions of one paper, first to newest."""
    query = select(ClaimPaperRow).where(
        ClaimPaperRow.claim_id == claim_id, ClaimPaperRow.code == code
    )
    return tuple(session.exec(query.order_by(col(ClaimPaperRow.sequence))))


def rejections(session: Session, claim_id: str) -> tuple[PaperRejectionRow, ...]:
    """Return every rejection of a claim's papers, by paper, first to newest."""
    query = select(PaperRejectionRow).where(PaperRejectionRow.claim_id == claim_id)
    order = (col(PaperRejectionRow.code), col(PaperRejectionRow.sequence))
    return tuple(session.exec(query.order_by(*order)))


def seen(session: Session, sha256: str) -> bool:
    """Say whether a file is kept already, without reading it."""
    query = select(func.count()).select_from(UploadRow).where(UploadRow.sha256 == sha256)
    return bool(session.exec(query).one())


def sizes(session: Session, claim_id: str) -> dict[str, tuple[int, str, str]]:
    """Return SHA-256 -> size, form and media type of the files of a claim, without the files."""
    query = (
        select(UploadRow.sha256, UploadRow.size, UploadRow.form, UploadRow.media_type)
        .join(ClaimPaperRow, col(ClaimPaperRow.sha256) == UploadRow.sha256)
        .where(ClaimPaperRow.claim_id == claim_id)
    )
    return {sha256: (size, form, media) for sha256, size, form, media in session.exec(query)}


def content(
    session: Session, claim_id: str, code: str, sha256: str
) -> tuple[ClaimPaperRow, UploadRow]:
    """Return one version of a paper with its bytes.

    Raises:
        NotFound: that file did not come as that paper of that claim.
    """
    query = (
        select(ClaimPaperRow, UploadRow)
        .join(UploadRow, col(ClaimPaperRow.sha256) == UploadRow.sha256)
        .where(
            ClaimPaperRow.claim_id == claim_id,
            ClaimPaperRow.code == code,
            ClaimPaperRow.sha256 == sha256,
        )
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise missing("paper", "sha256")
    return found
