"""What the chain of a scene looks like: the small maps of its input and of each layer, in one answer."""

from __future__ import annotations

from pydantic import Field

from app.models.fields import Answer, Number, Shape, Titles, Value, absent


class SmallMap(Answer):
    """A map made small: its first channels, each cell the mean of those that it stands for."""

    shape: Shape = Field(description="of the whole map")
    shown: Shape = Field(description="of what is told of it: channels, rows and columns")
    low: Number = Field(description="what a cell of 0 stands for")
    high: Number = Field(description="what a cell of 254 stands for")
    cells: str | None = Field(
        description="a byte a cell in base64, 255 where there is no number; null where the map takes too long"
    )
    values: list[Value] = absent("of a short vector: its numbers themselves")
    answer: int = absent("the place of the largest of them; of distances that of the smallest")
    classes: list[str | Titles] = absent("what the outputs of a network stand for")


class Maps(Answer):
    """The input of a scene, and what each layer makes of it."""

    line: str
    maps: list[SmallMap] = Field(description="of the input first, then of each layer; from `first` on")
