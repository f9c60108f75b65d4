"""ACT: price a proposal without saving anything."""

from pathlib import Path

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Fault, Invalid, invalid
from underwriting import store
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.product import Risk
from underwriting.products import product
from underwriting.receipt import Inputs, Priced, price
from underwriting.schemes.library import SchemeText, load_schemes
from underwriting.standing import facts_of_the_day


def preview(
    session: Session,
    bank_id: str,
    risk: Risk,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    frozen: SchemeText | None = None,
    counts: Path | None = None,
) -> Priced:
    """Price `risk`, a checked form of its product, with today's facts.

    The scheme is looked up by its code, unless a `frozen` one is given; `counts` is a file of
    the house's own counts.

    Raises:
        NotFound: the bank or the product is not known.
        Invalid: the scheme is not known, or a fact that it needs is not registered.
    """
    line = product(risk.product)
    bank = store.party(session, bank_id)
    if bank.kind != "bank":
        raise invalid("bank_id", f"names a party of kind {bank.kind}", "name a bank")
    asked = risk.asked()
    scheme = frozen or scheme_named(asked.scheme, schemes_folder)
    facts = facts_of_the_day(
        session,
        scheme.scheme,
        bank_id=bank_id,
        loan_minor=asked.loan.minor,
        currency=asked.loan.currency,
        ip_share=asked.ip_share,
        tier=asked.tier,
        on=desk.on,
    )
    inputs = Inputs(
        product=line.code,
        risk=risk.model_dump(mode="json"),
        scheme=scheme,
        terms=line.terms,
        priors=house_figures(counts),
        fits=fits_in_force(line.code, desk.on),
        facts=facts,
        obligor_minor=store.obligor_in_force(
            session, asked.obligor_id, asked.loan.currency, desk.on
        ),
        on=desk.on,
    )
    return price(line, inputs)


def scheme_named(code: str, folder: Path | None, *, may_replace: bool = False) -> SchemeText:
    """Return a scheme by its code; see `load_schemes`."""
    schemes = load_schemes(folder, may_replace=may_replace)
    if code not in schemes:
        known = ", ".join(schemes)
        fault = Fault("risk.cover.scheme", f"{code!r} is not a scheme", f"use one of {known}")
        raise Invalid("no-such-scheme", fault)
    return schemes[code]
