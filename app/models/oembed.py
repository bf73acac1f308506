"""What an oEmbed consumer may ask, and what it is told. https://oembed.com"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticUseDefault

from app.models.words import Whole

WIDTH, HEIGHT = 700, 440


def said(value: Any) -> Any:
    """A form that sends an empty field has not said anything."""
    if value == "":
        raise PydanticUseDefault
    return value


Side = Annotated[Whole, Field(ge=1), BeforeValidator(said)]


class OembedQuery(BaseModel):
    """The words of the specification; others are ignored, as consumers may send more."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    url: str = Field(
        description="an address of this server: the lab, a figure of the gallery or an embed",
        examples=["http://127.0.0.1:8000/embed?scene=@sobel"],
    )
    maxwidth: Side = Field(WIDTH, description="the widest it may be, in pixels")
    maxheight: Side = Field(HEIGHT, description="the highest it may be, in pixels")
    format: str = Field("json", description="json or xml")
    lang: str | None = Field(None, description="language of the title", examples=["en", "ko"])
