"""The policy schedule on file, with what is on record of the explanation of its exemptions."""

from sqlmodel import Session

from documents.forms.policy_schedule import Contracting
from documents.stated import stated
from kernel.db import books
from kernel.desk import Desk
from kernel.finding import Finding
from underwriting import store
from underwriting.explained import explanations, unexplained
from underwriting.papers.policy_schedule import policy_schedule
from underwriting.papers.wording import clauses_of, exemptions_of
from underwriting.products import product
from underwriting.receipt import Priced
from underwriting.tables import PolicyRow, QuoteRow


def file_schedule(
    session: Session, row: QuoteRow, policy: PolicyRow, priced: Priced, *, desk: Desk
) -> tuple[Finding, ...]:
    """File the policy schedule; returns what is missing in the explanation of its exemptions."""
    client = store.party(session, row.client_id)
    recorded = explanations(session, row.id)
    wording = clauses_of(product(row.product), priced.contract, row.scheme_code)
    gaps = unexplained(exemptions_of(wording), recorded)
    form = policy_schedule(
        priced,
        product(row.product),
        number=policy.number,
        insurer=desk.insurer,
        client=Contracting(client.name, client.register_id),
        on=desk.on,
        explanations=tuple(one.paper for one in recorded),
        unexplained=tuple(f"{gap.zh}。 {gap.en} ({gap.clause})" for gap in gaps),
    )
    subject, said = books.Subject("policy", policy.id), stated(form)
    books.file_form(
        session, subject, "policy_schedule", number=policy.number, stated=said, at=desk.at
    )
    return gaps
