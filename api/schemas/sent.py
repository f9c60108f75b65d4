"""How a form is read from the text that was sent, and not from what a parser made of it.

    def create_quote(sent: Sent[QuoteRequest]) -> Response: ...

Strict forms tell text from numbers and lists from tuples only while they read JSON itself.
"""

from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Text:
    """A JSON text that `api.strict_json` has checked."""

    raw: bytes


class _FromText:
    """Reads a form from a `Text`; the documentation shows the form itself."""

    def __get_pydantic_core_schema__(
        self, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate the text by the form, in JSON mode."""

        def from_text(sent: Any) -> BaseModel:
            assert isinstance(sent, Text), "the route hands on what it has checked"
            return source.model_validate_json(sent.raw)

        return core_schema.no_info_plain_validator_function(
            from_text, json_schema_input_schema=handler(source)
        )


Sent = Annotated[Form, _FromText()]
"""A form as a route receives it."""
