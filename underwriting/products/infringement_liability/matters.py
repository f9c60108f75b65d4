"""What is known before the cover begins: matters with others, and opinions of counsel."""

from enum import StrEnum

from pydantic import Field

from kernel.wire import Code, Day, Wire, Words
from underwriting.disputes import Court


class MatterKind(StrEnum):
    """How far a known matter has gone."""

    LETTER = "letter"
    SUIT = "suit"


class Treatment(StrEnum):
    """What becomes of a known matter: left out of the cover, or taken at a higher retention."""

    EXCLUDE = "exclude"
    HIGHER_RETENTION = "higher_retention"


class KnownMatter(Wire):
    """A threat or a suit that was known before the cover."""

    kind: MatterKind
    on: Day = Field(description="Day of the letter or of the suit")
    counterparty: Words
    product: Code
    court: Court
    treatment: Treatment = Treatment.EXCLUDE


class OpinionKind(StrEnum):
    """Freedom to operate: is anybody's right in the way; merits: would a known claim stand."""

    FREEDOM = "freedom_to_operate"
    MERITS = "merits"


class Author(StrEnum):
    """Who wrote an opinion."""

    EXTERNAL = "external_counsel"
    IN_HOUSE = "in_house"


class Conclusion(StrEnum):
    """What an opinion says, best first."""

    CLEAR = "clear"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"


class Opinion(Wire):
    """An opinion of counsel, as evidence of the risk."""

    kind: OpinionKind
    author: Author
    on: Day
    products: tuple[Code, ...] = Field(min_length=1, max_length=100)
    courts: tuple[Court, ...] = Field(min_length=1, max_length=7)
    conclusion: Conclusion
