"""What each call may be asked: a model for the query, and one for the JSON body where the same can be posted."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, ValidationInfo

from app.models.fields import absent
from app.models.words import Flag, Whole, Words
from core.errors import SceneError

MOST_OPERATIONS = 64

Detail: TypeAlias = Literal["full", "partial", "sums", "output", "rows"]
Format: TypeAlias = Literal["json", "npy", "png"]

LAYER = "which operation, from 0; negative from the end"
EXAMPLE = "cat 64 | conv2d sobel-x"


class JsonSource(BaseModel):
    """The input of a JSON scene."""

    model_config = ConfigDict(extra="forbid")

    source: str | list[list[float]] | list[list[list[float]]] = Field(
        description="a sample's name, image:ID, @id, random, or a matrix (H, W) or (C, H, W), nested or as text",
        examples=["cat"],
    )
    size: int = absent("the longest side, in pixels", examples=[64])
    mode: Literal["gray", "rgb"] = absent("gray when not said")
    crop: tuple[int, int, int, int] = absent("a region of the whole picture: (top, left, height, width)")
    shape: list[int] = absent("of random numbers: rows and columns, or channels, rows and columns", examples=[[6, 6]])
    seed: int = absent("of random numbers: the same seed, the same numbers")
    min: int = absent("the least random number; 0 when not said")
    max: int = absent("the largest random number; 9 when not said")


class JsonLayer(BaseModel):
    """An operation of a JSON scene: its name, beside its settings as GET /api/operations lists them."""

    model_config = ConfigDict(extra="allow")

    operation: str = Field(description="name of an operation or of a kernel", examples=["conv2d"])


class JsonScene(BaseModel):
    """A scene as JSON: the same as its line."""

    model_config = ConfigDict(extra="forbid")

    input: JsonSource
    layers: list[JsonLayer] = Field(examples=[[{"operation": "conv2d", "weight": "sobel-x"}]])


def scene(value: Any, info: ValidationInfo) -> str | dict[str, Any]:
    """The core reads the scene, and refuses it in the words of the scene."""
    if not isinstance(value, str | dict):
        raise SceneError(str(info.field_name or "scene"), value, "must be a scene line or a JSON scene")
    return value


def operations(value: Any, info: ValidationInfo) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_OPERATIONS:
        raise SceneError(str(info.field_name), value, "must be a list of at most {most}", most=MOST_OPERATIONS)
    return value


AnyScene = Annotated[str | dict[str, Any], PlainValidator(scene, json_schema_input_type=str | JsonScene)]
Operations = Annotated[list[Any], PlainValidator(operations, json_schema_input_type=list[JsonLayer])]


class NoWords(Words):
    """A call that takes no words of its own."""


class LearningQuery(Words):
    """Which network."""

    network: str = Field(description="one that was trained here", examples=["lenet-5"])


class ExcitingQuery(LearningQuery):
    """Which unit of a network."""

    layer: str = Field(description="a convolution of it", examples=["c3"])
    unit: Whole = Field(0, description="which of its maps, from 0")


class WeightsQuery(Words):
    name: str = Field(description="a layer of a weight set", examples=["lenet-5.c1"])
    format: Literal["json", "npy"] = Field("json", description="json, or npy: the weight alone")


class SceneQuery(Words):
    scene: str = Field(description="a scene line", examples=[EXAMPLE, "@first-steps"])


class DescentQuery(SceneQuery):
    """A picture, what is right of it, and how a network goes downhill."""

    answer: str = Field(description="the class that is right", examples=["7"])
    rate: float = Field(0.01, gt=0, le=1, allow_inf_nan=False, description="of a step: w - rate * dL/dw")
    steps: Whole = Field(1, ge=0, le=50, description="of plain gradient descent on this picture alone")


class SceneBody(Words):
    scene: AnyScene = Field(description="a scene line or a JSON scene", examples=[EXAMPLE])


def spelling(body: Any) -> str:
    return "words" if isinstance(body, dict) and "scene" in body else "scene"


PostedScene = Annotated[
    Annotated[SceneBody, Tag("words")]
    | Annotated[dict[str, Any], PlainValidator(scene, json_schema_input_type=JsonScene), Tag("scene")],
    Discriminator(spelling),
]


class OpeningWords(Words):
    layer: Whole = Field(0, description=LAYER)
    step: Whole = Field(0, description="which step to open at; negative from the end")


class OpeningQuery(OpeningWords, SceneQuery):
    """What to open a player with."""


class Standing(SceneBody):
    """Where a walk stands."""

    layer: Whole = Field(0, description=LAYER)
    step: Whole = Field(0, description="which step of it; negative from the end")


class OpeningBody(OpeningWords, SceneBody):
    """What to open a player with."""

    keeping: Standing | None = absent("instead of a step: where another walk stands, to open at the same place")


class FieldsQuery(SceneQuery):
    """Which layer's cells."""

    layer: Whole = Field(0, description=LAYER)


class FieldsBody(SceneBody):
    """Which layer's cells."""

    layer: Whole = Field(0, description=LAYER)


FIRST = "the first place that is told: 0 for the input, 1 for the first layer, -1 for the last layer alone"


class MapsQuery(SceneQuery):
    """Which maps of a chain."""

    first: Whole = Field(0, description=FIRST)


class MapsBody(SceneBody):
    """Which maps of a chain."""

    first: Whole = Field(0, description=FIRST)


class StepsWords(Words):
    layer: Whole = Field(0, description=LAYER)
    start: Whole = Field(0, ge=0, description="the first step")
    stop: Whole | None = absent(ge=0, description="the step before which to stop; the end when not said")
    every: Whole = Field(1, ge=1, description="each so many steps only")
    detail: Detail = Field("full", description="how much of each step; rows gives whole rows of outputs")


class StepsQuery(StepsWords, SceneQuery):
    """Which steps of a layer, and how much of each."""


class StepsBody(StepsWords, SceneBody):
    """Which steps of a layer, and how much of each."""


class AdditionsBody(SceneBody):
    """Operations that might be added at a place of a scene."""

    layer: Whole = Field(0, description="the place: before which operation, from 0; negative from behind the last")
    operations: Operations = Field(description="JSON operations", examples=[[{"operation": "relu"}]])


class ArrayWords(SceneQuery):
    format: Format = Field("json", description="json, npy (exact) or png (a picture)")
    compact: Flag = Field(False, description="npy in the smallest type that is exact")


class InputQuery(ArrayWords):
    layer: Whole = Field(0, description=LAYER)


class FeatureMapQuery(ArrayWords):
    layer: Whole = Field(-1, description=LAYER)
    steps: Whole | None = absent(ge=0, description="of a scatter: the output after its first so many steps")
