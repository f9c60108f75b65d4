"""What the whole installation shares, made once at the start."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from api.raters import Raters
from documents.press import Press
from kernel.clock import Clock, business_date
from kernel.db.engine import read
from kernel.desk import Desk
from kernel.errors import Fault, Invalid, NotFound
from kernel.settings import Settings
from kernel.sharing import Scheme
from kernel.working_days import Calendar
from underwriting.product import Risk
from underwriting.quote import Draft, draft
from underwriting.rules.levels import LEVELS
from underwriting.schemes import SchemeText, load_schemes


@dataclass(frozen=True, slots=True)
class House:
    """The house behind the counter.

    Attributes:
        settings: what the installation decides.
        engine: the database.
        clock: the only one.
        calendar: working days.
        raters: processes that price; None where this one prices by itself.
        press: where papers are printed and signed, so many at a time.
    """

    settings: Settings
    engine: Engine
    clock: Clock
    calendar: Calendar
    raters: Raters | None = None
    press: Press = field(default_factory=Press)

    @property
    def schemes_folder(self) -> Path | None:
        """Folder with schemes besides those that are shipped."""
        return self.settings.schemes_dir

    def scheme_read(self, code: str) -> SchemeText:
        """Return the scheme whose code stands in an address.

        Raises:
            NotFound: `no-such-scheme`.
        """
        stated = load_schemes(self.schemes_folder)
        if code not in stated:
            raise NotFound("no-such-scheme", Fault("code", "names no scheme", "list the schemes"))
        return stated[code]

    def scheme(self, code: str) -> Scheme:
        """Return the scheme that a field `scheme` names.

        Raises:
            Invalid: there is none of that code.
        """
        stated = load_schemes(self.schemes_folder)
        if code not in stated:
            fault = Fault("scheme", "names no scheme", f"use one of {', '.join(sorted(stated))}")
            raise Invalid("no-such-scheme", fault)
        return stated[code].scheme

    def desk(self, actor: str, authority: str, also: frozenset[str] = frozenset()) -> Desk:
        """Ask the clock once and open a desk for one act."""
        at = self.clock.now()
        return Desk(
            at=at,
            on=business_date(at),
            actor=actor,
            insurer=self.settings.insurer_name,
            calendar=self.calendar,
            authority=authority,
            also=also,
        )

    def visitor(self) -> Desk:
        """Open a desk for somebody who shows no token: he reads what is open to everybody."""
        return self.desk("anyone", LEVELS[0])

    def draft(self, client_id: str, risk: Risk, *, desk: Desk) -> Draft:
        """Price a proposal by a rater, or here where there is none.

        Raises:
            As `underwriting.quote.draft`.
        """
        made = self.raters and self.raters.draft(client_id, risk, desk=desk)
        return made or read(
            self.engine,
            lambda session: draft(
                session,
                client_id,
                risk,
                desk=desk,
                schemes_folder=self.schemes_folder,
                counts=self.settings.own_counts,
            ),
        )
