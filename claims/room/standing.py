"""Who stands where in a case: the house, the insured, the parties of the scheme by their seats."""

from sqlmodel import Session

from claims import store as claims
from claims.facts import Case
from claims.room import store
from claims.room.view import Side, View
from kernel.errors import Fault, NotPermitted
from kernel.sharing import Role
from underwriting.store import missing


def view_of(session: Session, case: Case, party_id: str, *, house: bool) -> View:
    """Return how somebody looks at a case.

    Raises:
        NotFound: it is not theirs to see, in the words for a claim that is not there.
    """
    if house:
        return View(Side.HOUSE, frozenset({case.contract.issuer}))
    if party_id == case.claim.client_id:
        return View(Side.INSURED, frozenset({case.sides.bank} - {""}))
    parties = seated_in(session, case, party_id)
    if not parties:
        raise missing("claim")
    roles = case.scheme.scheme.roles
    values = any(roles[party] is Role.APPRAISER for party in parties)
    return View(Side.SEAT, parties, values)


def borne(session: Session, case: Case) -> frozenset[str]:
    """Return the parties that bear a share: of the newest settlement, or else of the scheme."""
    if case.standing is None:
        return frozenset(case.scheme.scheme.parties)
    shares = claims.shares(session, case.standing.id)
    return frozenset(one.party for one in shares if one.due_minor or one.paid_minor)


def check_speaks(view: View, party: str) -> None:
    """Refuse to let anybody speak for a party that is not its own.

    Raises:
        NotPermitted: `not-your-share`.
    """
    if party not in view.parties:
        own = ", ".join(sorted(view.parties)) or "none"
        fault = Fault("party", f"{party} is not yours to speak for", f"yours: {own}")
        raise NotPermitted("not-your-share", fault)


def seated_in(session: Session, case: Case, party_id: str) -> frozenset[str]:
    """Return the parties that bear a share of a case and for which somebody has the seat."""
    seated = frozenset(
        seat.party
        for seat in store.seats(session, party_id=party_id)
        if seat.scheme_code == case.policy.scheme_code
    )
    return seated and seated & borne(session, case)
