"""The figures that the score reads, as they are stated; what is left out is not known."""

from typing import Annotated

from pydantic import Field

from kernel.wire import Wire

Count = Annotated[float, Field(ge=0, le=1_000_000)]
Part = Annotated[float, Field(ge=0, le=1)]


class Innovation(Wire):
    """A firm's figures of innovation."""

    rights: Count | None = Field(None, description="Rights in force")
    invention_share: Part | None = Field(None, description="Of these, inventions, per 1")
    claims: Count | None = Field(None, description="Claims of an invention, on average")
    breadth: Count | None = Field(None, description="Different IPC subclasses")
    citations: Count | None = Field(None, description="Citations by later rights, on average")
    years_left: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="Of the terms, on average"
    )
    rd_intensity: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="R&D spending over revenue, per 1"
    )
    rd_staff: Part | None = Field(None, description="R&D staff over all staff, per 1")

    def figures(self) -> dict[str, float | None]:
        """Return name -> figure, None where it is not stated."""
        return {name: getattr(self, name) for name in type(self).model_fields}
