"""What the file of a figure may be asked for: the words of /embed that make sense without a server, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from app.models.fields import absent
from app.models.pages import MOST_LINE, MOST_SPEED
from app.models.rendering import ASKS
from app.models.requests import LAYER, SceneQuery
from app.models.words import Flag, Whole


class OfflineQuery(SceneQuery):
    """Which scene, where it opens, and how it looks."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("mode", "ask", "seed", "count", "fade"), ASKS),
    }

    layer: Whole | None = absent(LAYER)
    step: Whole | None = absent("the step it opens at; negative from the end")
    start: Whole | None = absent("the first step that is walked")
    stop: Whole | None = absent("the step before which the walk ends")
    stops: str = Field("", max_length=4000, description="where playing pauses, and what is said there")
    compare: str = Field("", max_length=MOST_LINE, description="a second scene beside the first, in lockstep")
    by: Literal["step", "cell", "time"] | None = absent("by what two scenes go together")
    view: str = Field("", pattern=r"^([a-z][a-z0-9 ,+-]{0,99})?$", description="what to show, joined by +")
    controls: Literal["none", "bar", "full"] = Field("full", description="what stands around the panes")
    speed: float | None = absent("steps a second", gt=0, le=MOST_SPEED)
    play: Flag = Field(False, description="begin playing")
    loop: Flag = Field(False, description="begin again at the end")
    theme: Literal["light", "dark"] | None = absent("the visitor's own when left out")
