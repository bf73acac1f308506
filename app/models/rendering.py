"""What a figure as a file may be asked: which steps, how large, how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from app.models.fields import absent
from app.models.requests import LAYER, SceneQuery
from app.models.words import Flag, Whole
from core.texts import Text

NARROWEST, WIDEST, USUAL_WIDTH = 320, 3840, 700
LARGEST_SCALE = 4
LONGEST_CAPTION = 200

ASKS = Text(
    "a drawn file asks nothing: questions are in the player, at /embed?mode=predict or /render.html?mode=predict"
)
ONE_SCENE = Text(
    "a drawn file shows one scene: draw a file of each, or take both with the player, at /embed?compare=... "
    "or /render.html?compare=..."
)
# What the player understands and a drawn file has no use for.
OF_THE_PLAYER: Mapping[str, str] = {
    **dict.fromkeys(("mode", "ask", "seed", "count", "fade"), ASKS),
    **dict.fromkeys(("compare", "by"), ONE_SCENE),
    "speed": Text("of a file fps says it: steps a second"),
    "play": Text("a file moves by itself where its format does: still=1 makes a picture of it"),
    "stops": Text("a file does not pause on its way: choose its steps, such as steps=0-3,last"),
    "controls": Text("a drawn file has no controls: take /render.html, the player in one file"),
}


class FigureQuery(SceneQuery):
    """Which steps of a layer, and how the figure looks."""

    elsewhere: ClassVar[Mapping[str, str]] = OF_THE_PLAYER

    layer: Whole | None = absent(LAYER)
    steps: str = Field("", description="which: 0-3,last or corner or strongest", examples=["0-3,last"], max_length=400)
    step: Whole | None = absent(
        "the one it opens at: a still shows it, a moving file begins there; from the end if < 0"
    )
    start: Whole | None = absent("the first step that is walked")
    stop: Whole | None = absent("the step before which the walk ends")
    width: Whole | None = absent(
        ge=NARROWEST, le=WIDEST, description="pixels across; 700 when not said, and as much for each column of a strip"
    )
    scale: Whole = Field(1, ge=1, le=LARGEST_SCALE, description="so many times as many pixels, for fine screens")
    theme: Literal["light", "dark"] = Field("light", description="light or dark")
    caption: str = Field("", description="a line below the figure", max_length=LONGEST_CAPTION)
    view: str = Field(
        "numbers",
        description="which panes, joined by +: input, arithmetic, output; numbers is all three",
        max_length=100,
    )
    still: Flag = Field(False, description="one picture: of the last of the steps")
    strip: Flag = Field(False, description="one picture: the steps side by side; four of them when not said which")
    every: Whole | None = absent(
        ge=1, description="each so many of the steps only; chosen so that they fit when not said"
    )


class FilmQuery(FigureQuery):
    """The same, and how it moves."""

    fps: float = Field(4, ge=0.1, le=50, description="steps a second")
    hold: float = Field(2, ge=0, le=60, description="seconds that the last step stays")


class MovingQuery(FilmQuery):
    """The same, and whether it ends."""

    loop: Flag = Field(True, description="begins again at its end")
