"""What a file is as the input of a scene."""

from __future__ import annotations

from pydantic import Field

from app.models.answers import Kept
from app.models.fields import Answer
from app.models.matrices import Understood
from app.models.requests import JsonSource


class FileInput(Answer):
    """A file as the input of a scene: numbers, or a picture that is kept."""

    input: JsonSource = Field(description="what a JSON scene says")
    line: str = Field(description="what a scene line begins with", examples=["[1 2; 3 4]"])
    shape: list[int] = Field(description="rows and columns, or channels of them", examples=[[2, 2]])
    understood: Understood
    image: Kept | None = Field(description="the picture; null for a matrix")
