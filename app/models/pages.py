"""The words of pages: what other systems add to an address is not ours, and a slip that does no harm is forgiven."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticUseDefault

from app.models.words import Flag, Whole

MOST_SPEED = 1_000_000
MOST_QUESTIONS, USUAL_QUESTIONS = 50, 10
MOST_LINE = 100_000  # of letters; what a scene may have is told with it


def harmless(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """What cannot be read is as if it were not said."""
    try:
        return read(value)
    except ValueError:
        raise PydanticUseDefault from None


Theme = Annotated[Literal["light", "dark"] | None, WrapValidator(harmless)]
Play = Annotated[Flag, WrapValidator(harmless)]
Place = Annotated[Whole | None, WrapValidator(harmless)]


class PageWords(BaseModel):
    """What every page understands; unknown words are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    theme: Theme = None


# Those that stand under the stage.
VIEWS = (
    *("connections", "im2col", "formula", "code", "network", "backward", "signal"),
    *("learning", "descent", "exciting", "moved"),
)
FORMER_VIEWS = ("shapes",)  # of network, in older addresses


class SceneWords(PageWords):
    """Pages with a player. A layer or a step that is no number is told on the page; a figure brings its own."""

    scene: str = ""
    layer: Whole | None = None
    step: Whole | None = None
    play: Play = False
    stops: Annotated[str, Field(max_length=4000), WrapValidator(harmless)] = ""
    start: Place = None
    stop: Place = None
    compare: Annotated[str, Field(max_length=MOST_LINE), WrapValidator(harmless)] = ""
    by: Annotated[Literal["step", "cell", "time"] | None, WrapValidator(harmless)] = None
    view: Annotated[str, Field(pattern=r"^[a-z][a-z0-9 ,+-]{0,99}$"), WrapValidator(harmless)] = ""


class AskWords(SceneWords):
    """Pages with a player that may ask instead of walking."""

    mode: Annotated[Literal["", "predict"], WrapValidator(harmless)] = ""
    ask: Annotated[str, Field(pattern=r"^[a-z, ]{0,80}$"), WrapValidator(harmless)] = ""
    seed: Annotated[Whole, Field(ge=0), WrapValidator(harmless)] = 0
    count: Annotated[Whole, Field(ge=1, le=MOST_QUESTIONS), WrapValidator(harmless)] = USUAL_QUESTIONS
    fade: Annotated[Whole, Field(ge=1, le=4), WrapValidator(harmless)] = 1

    @property
    def asking(self) -> dict[str, Any]:
        return tag_of_questions(self)


class Asking(Protocol):
    """Words that may ask instead of walking."""

    @property
    def mode(self) -> str: ...
    @property
    def ask(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def fade(self) -> int: ...


def tag_of_questions(words: Asking) -> dict[str, Any]:
    """What the element's tag says of the questions; nothing where it walks."""
    if words.mode == "predict":
        return {"mode": words.mode, "ask": words.ask, "seed": words.seed, "count": words.count}
    return {"fade": words.fade} if words.fade > 1 else {}


class LessonWords(PageWords):
    """Figures one after another: their names, and scene lines."""

    figures: Annotated[str, Field(max_length=MOST_LINE), WrapValidator(harmless)] = ""
    at: Place = None


class QuizWords(PageWords):
    """A set of questions: of figures, of one scene, or of all figures."""

    scenes: str = ""
    figures: str = ""
    scene: str = ""
    layer: Whole | None = None
    ask: Annotated[str, Field(pattern=r"^[a-z, ]{0,80}$"), WrapValidator(harmless)] = ""
    seed: Annotated[Whole, Field(ge=0), WrapValidator(harmless)] = 0
    count: Annotated[Whole, Field(ge=1, le=MOST_QUESTIONS), WrapValidator(harmless)] = USUAL_QUESTIONS


class EmbedWords(AskWords):
    """The words that the frame shares with the element inside."""

    speed: Annotated[float | None, Field(gt=0, le=MOST_SPEED), WrapValidator(harmless)] = None
    loop: Play = False
    controls: Annotated[Literal["none", "bar", "full"], WrapValidator(harmless)] = "full"


def linked(view: str) -> bool:
    """Whether the element shows views under its stage, by their names or by former ones."""
    return not {*re.split("[ ,+]+", view)}.isdisjoint({*VIEWS, *FORMER_VIEWS})
