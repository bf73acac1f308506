"""Questions and answers: the words of their calls, and what travels."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.models.fields import Answer, Grid, Number, Pair, Planes, Shape, Titles, absent
from app.models.requests import LAYER, SceneBody, SceneQuery
from app.models.words import Whole

Ask = Literal["value", "size", "winner", "parameters", "kernel", "window"]

ASK = (
    "kinds of question, such as value,size; without it, whatever the layer has: "
    "value, size, winner, parameters, kernel, window"
)
MOST = 50


class QuestionsQuery(SceneQuery):
    """Which questions about a layer."""

    layer: Whole = Field(0, description=LAYER)
    ask: str = Field("", description=ASK, examples=["value,size"])
    seed: Whole = Field(0, ge=0, description="another seed, other questions")
    start: Whole = Field(0, ge=0, le=10**6, description="the first question's index")
    count: Whole = Field(1, ge=1, le=MOST, description="how many")
    step: Whole | None = absent(ge=0, description="value: ask of this step")
    fade: Whole = Field(3, ge=1, le=4, description="value: what is missing; 1 nothing, 2 the sum, 3 products, 4 window")


class AnswerBody(SceneBody):
    """An answer to a question, which its kind, seed and index name."""

    layer: Whole = Field(0, description=LAYER)
    ask: Ask
    seed: Whole = Field(0, ge=0)
    index: Whole = Field(0, ge=0, le=10**6)
    step: Whole | None = absent(ge=0, description="where the question was asked of a step")
    answer: str = Field(
        description="a number, height x width, row and column, or the letter of a choice, as people write them",
        examples=["10"],
    )


class Shown(BaseModel):
    """What a question lays on the table; the answer is not among it."""

    model_config = ConfigDict(extra="forbid")

    operation: Titles
    input_shape: Shape
    settings: dict[str, Any] = Field(description="the settings that differ from their defaults, tables left out")
    rule: list[str] = Field(description="the layer's rule in letters")
    input: Planes | None = absent("a small input whole")
    corner: Pair | None = absent("where the window starts, in the unpadded input")
    window: Planes = absent()
    kernel: Planes = absent()
    products: Planes = absent("where they do not give the answer away")
    holes: dict[Literal["window", "products"], list[int]] = absent("planes, rows and columns of what is left out")
    sums: Any = absent("once it is answered")
    bias: Number = absent()
    divisor: Number = absent()
    map: Planes = absent("the plane of the output; null what is not told yet")
    at: Pair = absent("the cell that is asked for")
    winner: Pair = absent("once it is answered")
    size: Pair = absent("once it is answered")
    weight_shape: list[int] = absent("(kernels, channels, rows, columns)")
    biases: int = absent("how many")


class Asked(Answer):
    """A question."""

    ask: Ask
    seed: int
    index: int
    step: int | None = Field(description="the step it is about")
    prompt: Titles
    gives: Literal["number", "size", "cell", "choice"] = Field(description="what an answer is")
    tolerance: Number = Field(description="how far off a number may be")
    choices: list[Titles | Grid] = Field(description="texts, or kernels")
    shown: Shown


class Questions(Answer):
    """Questions, without their answers."""

    line: str
    layer: int
    can_ask: list[Ask] = Field(description="what can be asked of this layer")
    questions: list[Asked]


class Answered(Answer):
    """What became of an answer."""

    right: bool
    sentence: Titles = Field(description="right, or what the answer would have been right for")
    answer: str = Field(description="the right one")
    explanation: list[Titles] = Field(description="the arithmetic of this very step")
    shown: Shown = Field(description="the table with nothing hidden")
