"""ACT: price a proposal without saving anything."""

from pathlib import Path

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Fault, Invalid, invalid
from underwriting import store
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.holdings.exposed import exposures_of
from underwriting.inputs import Inputs
from underwriting.known_today import known_today
from underwriting.portfolio.limits import load_limits
from underwriting.portfolio.parties import party_keys
from underwriting.product import Product, Risk
from underwriting.products import product
from underwriting.receipt import Priced, price
from underwriting.schemes.library import SchemeText, load_schemes
from underwriting.standing import facts_of_the_day
from underwriting.tables import PartyRow


def preview(
    session: Session,
    client_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    frozen: SchemeText | None = None,
    counts: Path | None = None,
) -> Priced:
    """Price `risk`, a checked form of its product, with today's facts.

    Raises:
        As `gather`.
    """
    inputs = gather(
        session, client_id, risk, desk=desk,
        schemes_folder=schemes_folder, frozen=frozen, counts=counts,
    )  # fmt: skip
    return price(product(risk.product), inputs, risk)


def gather(
    session: Session,
    client_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    frozen: SchemeText | None = None,
    counts: Path | None = None,
) -> Inputs:
    """Return everything that a price of `risk` depends on today.

    The scheme is looked up by its code, unless a `frozen` one is given; `counts` is a file of
    the house's own counts.

    Raises:
        NotFound: the client or the product is not known.
        Invalid: the product is not sold to the client, the scheme is not known, or a fact that
            it needs is not registered.
    """
    line = product(risk.product)
    client = store.party(session, client_id)
    _check_client(line, client)
    asked = risk.asked()
    scheme = frozen or scheme_named(asked.scheme, schemes_folder)
    facts = facts_of_the_day(
        session,
        scheme.scheme,
        client_id=client_id,
        loan_minor=asked.amount.minor,
        currency=asked.amount.currency,
        ip_share=asked.ip_share,
        tier=asked.tier,
        on=desk.on,
    )
    keys = (*asked.keys, *party_keys(scheme.scheme, client_id, client.kind))
    return Inputs(
        product=line.code,
        risk=risk.model_dump(mode="json"),
        scheme=scheme,
        terms=line.terms,
        priors=house_figures(counts),
        fits=fits_in_force(line.code, desk.on),
        facts=facts,
        exposures=exposures_of(session, keys, asked.amount.currency, desk.on),
        known=known_today(session, asked, desk.on),
        limits=load_limits(),
        on=desk.on,
    )


def _check_client(line: Product, client: PartyRow) -> None:
    """Refuse a party that this product is not sold to."""
    if client.kind not in line.clients:
        kinds = " or ".join(sorted(line.clients))
        raise invalid("client_id", f"names a party of kind {client.kind}", f"name a {kinds}")


def scheme_named(code: str, folder: Path | None, *, may_replace: bool = False) -> SchemeText:
    """Return a scheme by its code; see `load_schemes`."""
    schemes = load_schemes(folder, may_replace=may_replace)
    if code not in schemes:
        known = ", ".join(schemes)
        fault = Fault("risk.cover.scheme", f"{code!r} is not a scheme", f"use one of {known}")
        raise Invalid("no-such-scheme", fault)
    return schemes[code]
