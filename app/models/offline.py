"""What the file of a figure may be asked for: the words of /embed that make sense without a server, read strictly."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.models.fields import absent
from app.models.pages import MOST_LINE, MOST_QUESTIONS, MOST_SPEED, USUAL_QUESTIONS, tag_of_questions
from app.models.questions import ASK
from app.models.requests import LAYER, SceneQuery
from app.models.words import Flag, Whole

FADE = "asks for the number of the step, with so much missing: 1 nothing, 2 the sum, 3 the products, 4 the window"


class OfflineQuery(SceneQuery):
    """Which scene, where it opens, and how it looks."""

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
    mode: Literal["", "predict"] = Field("", description="asks instead of walking")
    ask: str = Field("", pattern=r"^[a-z, ]{0,80}$", description=ASK, examples=["value,size"])
    seed: Whole = Field(0, ge=0, description="of the questions: another seed, other questions")
    count: Whole = Field(USUAL_QUESTIONS, ge=1, le=MOST_QUESTIONS, description="how many questions")
    fade: Whole = Field(1, ge=1, le=4, description=FADE)

    @property
    def asking(self) -> dict[str, Any]:
        return tag_of_questions(self)
