"""What the registers know today beside a proposal, fetched from the books and the files at hand."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from underwriting.appraisers.look_up import appraiser_views, register_kept
from underwriting.appraisers.valuation import valuation_terms
from underwriting.bank_products.library import bank_product
from underwriting.innovation.table import indicators
from underwriting.known.known import Known


def known_today(
    session: Session | None,
    valued: Sequence[tuple[str, str | None]],
    on: date,
    *,
    product: str | None = None,
    innovation: bool = False,
) -> Known:
    """Return what is known of a proposal's appraisers, bank product and score.

    Args:
        session: None where there is no database: then no appraiser is known.
        valued: of each right, its appraiser and, where stated, how it was valued.
        on: business date.
        product: code of the bank product, where one is named.
        innovation: whether figures of innovation are stated.

    Raises:
        NotFound: no file states that bank product.
    """
    names = [name for name, _ in valued]
    kept = session is not None and register_kept(session)
    return Known(
        appraisers=appraiser_views(session, names, on) if kept and session is not None else (),
        valuation=valuation_terms() if any(method for _, method in valued) else {},
        product=None if product is None else bank_product(product),
        indicators=indicators() if innovation else None,
    )
