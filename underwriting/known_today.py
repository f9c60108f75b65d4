"""What the registers know today beside a proposal, fetched from the books and the files at hand."""

from datetime import date

from sqlmodel import Session

from underwriting.appraisers.look_up import appraiser_views, register_kept
from underwriting.bank_products.library import bank_product
from underwriting.innovation.table import indicators
from underwriting.known.known import Known
from underwriting.product import Asked


def known_today(session: Session | None, asked: Asked, on: date) -> Known:
    """Return what is known of a proposal's appraisers, bank product and score.

    Without a database (`session` is None) no appraiser is known.

    Raises:
        NotFound: no file states that bank product.
    """
    kept = session is not None and bool(asked.appraisers) and register_kept(session)
    return Known(
        appraisers=appraiser_views(session, asked.appraisers, on) if kept and session else (),
        product=None if asked.bank_product is None else bank_product(asked.bank_product),
        indicators=indicators() if asked.innovation else None,
    )
