"""What a figure as a file may be asked: which steps, how large, how it looks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.models.fields import absent
from app.models.requests import LAYER, SceneQuery
from app.models.words import Flag, Whole

NARROWEST, WIDEST, USUAL_WIDTH = 320, 3840, 700
LARGEST_SCALE = 4
LONGEST_CAPTION = 200


class FigureQuery(SceneQuery):
    """Which steps of a layer, and how the figure looks."""

    layer: Whole = Field(0, description=LAYER)
    steps: str = Field("", description="which: 0-3,last or corner or strongest", examples=["0-3,last"], max_length=400)
    width: Whole | None = absent(
        ge=NARROWEST, le=WIDEST, description="pixels across; 700 when not said, and as much for each column of a strip"
    )
    scale: Whole = Field(1, ge=1, le=LARGEST_SCALE, description="so many times as many pixels, for fine screens")
    theme: Literal["light", "dark"] = Field("light", description="light or dark")
    caption: str = Field("", description="a line below the figure", max_length=LONGEST_CAPTION)
    view: str = Field("numbers", description="numbers, the only pane that is drawn so far", max_length=100)
    still: Flag = Field(False, description="one picture: of the last of the steps")
    strip: Flag = Field(False, description="one picture: the steps side by side; four of them when not said which")
    every: Whole | None = absent(
        ge=1, description="each so many of the steps only; chosen so that they fit when not said"
    )


class FilmQuery(FigureQuery):
    """The same, and how it moves."""

    fps: Whole = Field(4, ge=1, le=50, description="steps a second")
    hold: Whole = Field(2, ge=0, le=60, description="seconds that the last step stays")


class MovingQuery(FilmQuery):
    """The same, and whether it ends."""

    loop: Flag = Field(True, description="begins again at its end")
