"""Kinds of field that the models of answers share."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

Number: TypeAlias = float  # in JSON a whole number is one too
Value = TypeAliasType("Value", float | None)  # null where a number is none: NaN or infinity
Grid = TypeAliasType("Grid", list[list[Value]])
Planes = TypeAliasType("Planes", list[Grid])
Shape = TypeAliasType("Shape", tuple[int, int, int])
Pair = TypeAliasType("Pair", tuple[int, int])
Sides = TypeAliasType("Sides", tuple[Pair, Pair])
Titles = TypeAliasType("Titles", dict[str, str])


class Answer(BaseModel):
    """What is answered: described to programs and checked by tests, so that it is made ready only when one asks."""

    model_config = ConfigDict(defer_build=True)


def absent(description: str | None = None, **more: Any) -> Any:
    """A field that is left out where there is nothing to say; null is another thing."""
    return Field(None, description=description, json_schema_extra=without_default, **more)


def without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)
