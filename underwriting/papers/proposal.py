"""The proposal form, filled from the frozen inputs of a quote."""

from documents.forms.proposal import Proposal
from underwriting.papers.stated import parts_of
from underwriting.papers.wording import clauses_of, exemptions_of
from underwriting.product import Product
from underwriting.receipt import Priced


def proposal(
    priced: Priced,
    product: Product,
    *,
    number: str,
    insurer: str,
    client: str,
    receipt_sha256: str,
) -> Proposal:
    """Return the proposal as it is printed: every field that was stated, and no other."""
    contract, inputs = priced.contract, priced.inputs
    wording = clauses_of(product, contract, inputs.scheme.scheme.code)
    return Proposal(
        number=number,
        insurer_name=insurer,
        issued_on=inputs.on,
        product_zh=product.zh,
        product_en=product.en,
        applicant=contract.policyholder,
        applicant_register_id=contract.policyholder_id,
        client=client,
        parts=parts_of(inputs.risk),
        exemptions=exemptions_of(wording),
        receipt_hash=receipt_sha256,
    )
