"""What the calls answer, a model each: orjson writes the bodies, these say their shape, and tests hold them to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.models.backward import BackwardShapes
from app.models.fields import Answer, Number, Pair, Planes, Shape, Titles, absent
from app.models.lines import Kind, StartLine, StepLine
from app.models.requests import JsonScene
from app.models.rules import Code, Rule, Size


class End(Answer):
    """What a number may be on this layer's input."""

    minimum: int = absent()
    maximum: int = absent()
    why: Titles = absent("what would be wrong beyond")


class Limit(End):
    """What a setting may be: one number for rows and columns, and one for each where they end elsewhere."""

    sides: list[End | None] = absent("rows and columns, where they differ; null: as far as the setting goes")


class Formula(Answer):
    """How the output's sides come about, with this layer's numbers."""

    rows: str
    cols: str


class Unvisited(Answer):
    """Rows and columns of the input that no window covers."""

    rows: list[int]
    cols: list[int]


class Layer(Answer):
    """An operation on its input."""

    operation: str
    kind: Kind
    title: Titles
    arguments: dict[str, Any] = Field(description="every setting, defaults included")
    input_shape: Shape
    output_shape: Shape
    steps: int
    parameters: int = Field(description="weights and biases that are learned")
    multiply_adds: int
    connections: int = Field(description="lines from its units to what they are computed from, biases included")
    receptive_field: Pair = Field(description="rows and columns of the scene's input that one cell sees")
    kernel_size: Pair | None = Field(description="rows and columns; null where no kernel slides")
    stride: Pair | None
    formula: Formula | None
    unvisited: Unvisited
    limits: dict[str, Limit]
    depthwise: bool = Field(description="whether each channel is filtered by itself")
    rule: Rule | None = absent("the mathematics of the layer, in `/api/scene`")
    code: Code | None = absent("programs that compute the layer's map, in `/api/scene`")


class Described(Answer):
    """A scene in both spellings, with what its layers say of themselves."""

    line: str = Field(examples=["cat 64 | conv2d sobel-x"])
    scene: JsonScene
    layers: list[Layer]
    warnings: list[str] = Field(description="what a learner should notice, one sentence each")


class Lines(Answer):
    """Which lines of a map each cell sees, by the cell's place; an axis of length one says the same of all places."""

    shape: Shape
    first: list[int] = Field(description="in memory order")
    last: list[int] = Field(description="before `first` where a cell sees nothing")


class SeenField(Answer):
    """What cells of a layer see of one map below it."""

    shape: Shape = Field(description="of the map")
    rows: Lines
    cols: Lines
    channels: list[list[int]] | None = Field(
        description="of the map that each channel of the layer sees; null where each sees all, or they are too many"
    )


class Fields(Answer):
    """What cells of a layer see of the maps below it."""

    layer: int
    fields: list[SeenField] = Field(description="of the layer's own input first, of the scene's input last")


class Sent(Answer):
    """An array inside an opening."""

    shape: Shape
    type: Literal["uint8", "int32", "int64", "float64"]
    range: tuple[Number, Number] = Field(description="least and most of its finite values")
    data: str | None = Field(description="little-endian numbers in base64; null where they are many: fetch them")


class Relations(Answer):
    """What a layer of sliding windows is beside other ways to compute it."""

    rows: int = Field(description="of im2col: one for each window of a channel group")
    columns: int = Field(description="of im2col: one for each cell under a window")
    kernels: int = Field(description="columns that the matrix is multiplied by; 0 for pooling")
    groups: int = Field(description="how many such matrices there are")
    copies: float = Field(description="how many times as many numbers the matrices hold as the input does")
    weights: int = Field(description="shared weights that are learned, biases left out")
    dense: int = Field(description="weights of a fully connected layer between the same cells")
    links: int = Field(description="pairs of cells of input and output that the layer joins")


class Opening(Described):
    """Everything a player needs to begin."""

    layer: int
    step: int
    title: Titles
    input: Sent
    output: Sent
    start: StartLine
    steps: list[StepLine]
    rule: Rule | None = Field(description="the mathematics of the layer")
    sizes: list[Size] = Field(description="of rows and columns; empty where no window makes the size")
    names: dict[str, Titles] = Field(description="what input, output, window and kernel are called")
    planes: dict[str, list[Titles]] = absent(
        "what planes are called in a figure; a page that carries its opening tells it"
    )
    code: Code | None = absent("programs that compute the map; a page that carries its opening asks for them")
    curve: list[tuple[Number, Number]] | None = Field(description="of an activation: points of its function")
    relations: Relations | None = Field(description="counts to compare a layer of sliding windows by")
    backward: BackwardShapes | None = Field(description="of a layer that /api/backward walks")


class Additions(Answer):
    """For each operation that was asked about, in order."""

    refusals: list[str | None] = Field(description="null for one that fits, for the others why not")


class ArrayValues(Answer):
    """A whole array."""

    shape: list[int]
    values: Planes


class Kept(Answer):
    """A picture as it is kept."""

    id: str
    width: int
    height: int
    channels: int
    url: str
    scene: str = Field(description="a line to begin with")


class Kernel(Answer):
    """A named kernel, as it is drawn on the slide."""

    name: str
    title: Titles
    weight: list[list[Number]]
    divisor: Number
    group: str
    source: str
    layer: dict[str, Any] = Field(description="the operation that its name alone is short for")


class Setting(Answer):
    """A setting of an operation."""

    name: str
    kind: str
    title: Titles
    default: Any
    minimum: Number | None
    maximum: Number | None
    choices: list[str]
    help: Titles
    positional: bool
    required: bool
    first: Any = Field(description="what a form writes when the operation is added; null leaves the setting out")
    words: list[str] = Field(description="that stand for a number of cells, as a form offers them")
    rare: bool = Field(description="seldom changed: a form keeps it behind the others")
    named: bool = Field(description="whether the layer of a weight set may stand for it, such as lenet-5.c1")


class KnownOperation(Answer):
    """An operation and its settings."""

    name: str
    title: Titles
    kind: Kind
    group: str
    neutral: bool = Field(description="whether it stands on any input, and needs nothing said")
    family: str = Field(description="operations of one family take each other's place in a menu of filters")
    picture: str | None = Field(description="the kernel that shows it there")
    summary: str
    parameters: list[Setting]


class Sample(Answer):
    """A sample picture."""

    id: str
    title: Titles
    credit: str
    licence: str
    channels: int
    height: int
    width: int
    sheet: str | None = Field(description="the sample that shows it among others")
    thumbnail: str = Field(description="the address of a small picture of it")


class Figure(Answer):
    """A scene of the curriculum."""

    id: str
    section: str
    title: Titles
    about: Titles
    line: str
    layer: int = Field(description="the layer it opens on")
    step: int = Field(description="the step it opens at")
    views: str = Field(description="the views under its stage, joined by +")
    compare: str = Field(description="the scene beside it, as the compare word of /embed says it")
    stops: list[tuple[str, Titles]] = Field(description="where playing pauses, and what is said there")
    notes: list[Titles] = Field(description="conventions that clash with others, and slips that slides are known for")


class Health(Answer):
    status: str = Field(examples=["ok"])


class Oembed(Answer):
    """A description as oEmbed 1.0 has it."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    html: str = Field(description="the iframe")
    width: int
    height: int
    provider_name: str
    provider_url: str
    cache_age: int
    thumbnail_url: str = absent("a picture of the finished walk")
    thumbnail_width: int = absent()
    thumbnail_height: int = absent()
