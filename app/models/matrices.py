"""What is asked and told about a matrix that somebody wrote, pasted or has in a file."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from app.models.errors import Problem
from app.models.fields import Answer
from app.models.words import Flag, Words

Row: TypeAlias = list[float]
Values: TypeAlias = list[Row] | list[list[Row]] | list[list[list[Row]]]


class MatrixBody(Words):
    """A matrix as text, in any notation."""

    text: str = Field(description="as it was written or pasted", examples=["0,5;1,5\n2,5;3,5"])
    field: str = Field("matrix", pattern="^[a-z_]{1,32}$", description="what a refusal calls it", examples=["weight"])
    cell: Flag = Field(False, description="the text is one number: a comma in it is decimal")
    commas: Literal["cells", "decimal", "thousands"] | None = Field(
        None, description="what a comma is, where that may be asked: between cells, decimal, between thousands"
    )
    semicolons: Literal["rows", "cells"] | None = Field(
        None, description="what a semicolon parts, where that may be asked"
    )


class Understood(Answer):
    """How a matrix was read, in the language of the request."""

    sentence: str = Field(examples=["2 x 2, decimal commas, semicolons between numbers"])
    notes: list[str] = Field(examples=[["decimal commas", "semicolons between numbers"]])


class MatrixReading(Answer):
    """A matrix that was read."""

    values: Values = Field(description="rows of numbers; channels of them; kernels of those")
    shape: list[int] = Field(examples=[[2, 2]])
    line: str = Field(description="as the scene line writes it", examples=["[0.5 1.5; 2.5 3.5]"])
    understood: Understood


class MatrixQuestion(Problem):
    """A refusal; where the text may be read in more than one way, with all of them to choose from."""

    readings: list[MatrixReading] = []
