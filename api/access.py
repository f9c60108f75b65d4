"""Who may call, and what each may ask for. A token is shown once and kept as its SHA-256.

issue_token(session, party_id, role, label, at, authority=) -> str      # "zb_" and 43 characters
revoke_token(session, access_id, at) -> AccessRow
accesses(session, party_id=None) -> tuple[AccessRow, ...]
actor_of(session, token) -> Actor                           # NotAuthenticated
allow(actor, operation) -> None                             # NotPermitted
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlmodel import Session, col, select

from api.policy import ALLOWED, HOUSE, KINDS, Role
from api.tables import AccessRow
from kernel.db import books
from kernel.db.row import new_id
from kernel.errors import Fault, NotFound, NotPermitted, invalid
from underwriting import store
from underwriting.rules.levels import LEVELS

_TOKEN = re.compile(r"zb_[A-Za-z0-9_-]{43}", re.ASCII)
_TOKEN_BYTES: Final = 32
_MAX_LABEL: Final = 200


class NotAuthenticated(NotPermitted):
    """The caller did not show a token that opens anything."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who calls.

    Attributes:
        access_id: of the token's row; it stands in the trail.
        party_id: on whose behalf.
        role: what the caller may do.
        authority: how far an underwriter may go alone.
        also: other tokens of the same holder in the house, by label, revoked ones too; empty for
            a client, who clears nothing.
    """

    access_id: str
    party_id: str
    role: Role
    authority: str
    also: frozenset[str] = frozenset()

    @property
    def only_client(self) -> str | None:
        """The one client whose rows the caller may see; None sees all, as the house does."""
        return None if self.role in HOUSE else self.party_id

    def sees(self, client_id: str) -> bool:
        """Tell whether rows of this client are the caller's to see."""
        return self.only_client in (None, client_id)


def issue_token(
    session: Session,
    party_id: str,
    role: str,
    label: str,
    at: datetime,
    *,
    authority: str = LEVELS[0],
) -> str:
    """Make a token for a party and return it, for this one time.

    Raises:
        NotFound: there is no such party.
        Invalid: the role is unknown, or not one for a party of this kind; no label.
    """
    if role not in set(Role):
        raise invalid("role", f"{role!r} is no role", f"use one of {', '.join(Role)}")
    party = store.party(session, party_id)
    kinds = KINDS[Role(role)]
    if party.kind not in kinds:
        words = f"{role} is a role for a party of kind {' or '.join(kinds)}"
        raise invalid("party_id", words, "name such a one")
    if authority not in LEVELS:
        known = ", ".join(LEVELS)
        raise invalid("authority", f"{authority!r} is no level of authority", f"use one of {known}")
    if not label.strip() or len(label) > _MAX_LABEL or not label.isprintable():
        raise invalid("label", "is empty, long or hidden", "say in a few words who holds it")
    token = f"zb_{secrets.token_urlsafe(_TOKEN_BYTES)}"
    row = store.add(
        session,
        AccessRow(
            id=new_id("ac"),
            created_at=at,
            token_sha256=_sealed(token),
            party_id=party_id,
            role=role,
            authority=authority,
            label=label.strip(),
        ),
    )
    payload = {"party_id": party_id, "role": role, "label": row.label}
    subject = books.Subject("access", row.id)
    books.note(session, subject, "issued", payload, actor="operator", at=at)
    return token


def revoke_token(session: Session, access_id: str, at: datetime) -> AccessRow:
    """End a token at once; a second time changes nothing.

    Raises:
        NotFound: there is no such access.
    """
    row = session.get(AccessRow, access_id, with_for_update=True)
    if row is None:
        fault = Fault("access_id", "names no access", "list the accesses")
        raise NotFound("no-such-access", fault)
    if row.revoked_at is None:
        row.revoked_at = at
        session.add(row)
        subject = books.Subject("access", row.id)
        books.note(session, subject, "revoked", {}, actor="operator", at=at)
    return row


def accesses(session: Session, party_id: str | None = None) -> tuple[AccessRow, ...]:
    """Return the tokens of one party or of all, oldest first; never their text."""
    query = select(AccessRow).order_by(col(AccessRow.created_at), col(AccessRow.id))
    if party_id is not None:
        query = query.where(AccessRow.party_id == party_id)
    return tuple(session.exec(query))


def actor_of(session: Session, token: str) -> Actor:
    """Return who holds a token. It is looked up by its hash, so timing tells nothing of it.

    Raises:
        NotAuthenticated: it is not known or was revoked; which of the two is not said.
    """
    query = select(AccessRow).where(AccessRow.token_sha256 == _sealed(token))
    row = session.exec(query).one_or_none() if _TOKEN.fullmatch(token) else None
    if row is None or row.revoked_at is not None:
        fault = Fault("Authorization", "the token opens nothing", "ask the house for a new token")
        raise NotAuthenticated("token-refused", fault)
    role = Role(row.role)
    also = _also(session, row) if role in HOUSE else frozenset()  # others clear nothing
    return Actor(row.id, row.party_id, role, row.authority, also)


def _also(session: Session, row: AccessRow) -> frozenset[str]:
    """Return the other tokens of the holder of one: four eyes are two people."""
    holder = row.label.casefold()
    held = session.exec(
        select(AccessRow.id, AccessRow.label).where(AccessRow.party_id == row.party_id)
    )
    return frozenset(id_ for id_, label in held if label.casefold() == holder and id_ != row.id)


def bearer(header: str | None) -> str:
    """Return the token of an Authorization header.

    >>> bearer("Bearer zb_x")
    'zb_x'
    """
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        fault = Fault("Authorization", "names no bearer token", "send: Authorization: Bearer zb_…")
        raise NotAuthenticated("token-missing", fault)
    return token.strip()


def allow(actor: Actor, operation: str) -> None:
    """Refuse an operation that is not for the caller's role."""
    if actor.role not in ALLOWED[operation]:
        may = ", ".join(sorted(ALLOWED[operation]))
        fault = Fault(
            "Authorization", f"a token of role {actor.role} may not do this", f"ask: {may}"
        )
        raise NotPermitted("not-permitted", fault)


def is_shown(actor: Actor, operation: str) -> bool:
    """Say whether a caller is told that an act may be done: the house of all, a client of its own.

    The rest would tell a client how the house goes about its claim.
    """
    return actor.only_client is None or actor.role in ALLOWED[operation]


def _sealed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
