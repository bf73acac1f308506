"""How every refusal is told to programs."""

from __future__ import annotations

from pydantic import Field

from app.models.fields import Answer


class Problem(Answer):
    """Why a request was refused, in the language of the request."""

    detail: str = Field(description="the whole sentence", examples=["stride is 0: must be at least 1"])
    field: str = Field(description="the word, setting or thing at fault", examples=["stride"])
    value: str | int | float | bool | None = Field(
        description="what was in it, cut after 80 characters; null where there is nothing to show", examples=[0]
    )
    rule: str = Field(description="the rule it broke", examples=["must be at least 1"])
    fix: str | None = Field(
        default=None,
        description="the line of a scene that mends it, where it is clear what was meant",
        examples=["brick 28 | @lenet-5"],
    )
