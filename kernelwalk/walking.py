"""A scene in the hands of Python: its steps, its maps, its summary, and itself as a file."""

from __future__ import annotations

import operator
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload

import core
from app.pictures.normalise import normalise
from core.errors import SceneError, unknown
from core.integers import LARGEST, whole
from core.trace import Trace
from core.vocabulary import DETAILS, Detail
from kernelwalk.arrays import Array, array_of
from kernelwalk.notebook import Shown, shown
from kernelwalk.steps import Step
from kernelwalk.stretch import Stretch
from kernelwalk.summary import Summary
from kernelwalk.workshop import as_refused, workshop
from kernelwalk.written import is_short, nested, spelt

if TYPE_CHECKING:
    from kernelwalk.widget import Widget

HTML = "html"

Theme = Literal["light", "dark"]
THEMES = ("light", "dark")
T = TypeVar("T")


class Walk:
    """A layer of a scene, walked: a sequence of its steps, shown by a notebook as the player.

    >>> walked = walk("[1 2; 3 4] | conv2d [1 0; 0 1] | relu")
    >>> walked.line, len(walked), walked.step(0)["output"], walked.feature_map().tolist()
    ('[1 2; 3 4] | conv2d [1 0; 0 1] | relu', 1, 5, [[[5]]])
    """

    def __init__(
        self,
        scene: core.Scene,
        asked: str,
        layer: int = 0,
        step: int = 0,
        view: str = "",
        lang: str | None = None,
        theme: Theme | None = None,
        array: Array | None = None,
    ) -> None:
        self.scene, self.asked, self.array = scene, asked, array  # whoever holds the walk holds its array
        self.view = view
        self.speech = workshop().speech(lang)
        with as_refused(self.speech):
            self.layer = scene.layer_index(layer)
            self.theme: str | None = one_of("theme", theme, THEMES)
            self.trace: Trace = workshop().scenes.trace(scene, self.layer)
        self.opens_at = self.index_of(step)

    @property
    def line(self) -> str:
        """The scene as one line; of a larger array it holds the name alone."""
        return self.scene.line

    @property
    def lang(self) -> str:
        return self.speech.code

    @property
    def input(self) -> Array:
        """What the scene begins with, (C, H, W)."""
        with as_refused(self.speech):
            return workshop().scenes.input_of(self.scene.source).copy()

    @property
    def layers(self) -> list[dict[str, Any]]:
        """What each layer says of itself, as `/api/scene` tells it: shapes, parameters, steps, ..."""
        with as_refused(self.speech):
            shape = workshop().scenes.input_shape(self.scene.source)
        return core.describe(self.scene, shape)

    def __len__(self) -> int:
        return len(self.trace)

    def __iter__(self) -> Iterator[Step]:
        return self.steps()

    def __reversed__(self) -> Iterator[Step]:
        return reversed(self.whole)

    @property
    def whole(self) -> Stretch:
        """All its steps as a sequence."""
        return Stretch(self.trace, range(len(self)))

    @overload
    def __getitem__(self, key: int) -> Step: ...
    @overload
    def __getitem__(self, key: slice) -> Stretch: ...
    def __getitem__(self, key: int | slice) -> Step | Stretch:
        """walk[3], walk[-1]; walk[10:20] and walk[::-1] are sequences of steps, computed as they are asked for."""
        if isinstance(key, slice):
            return self.whole[key]
        try:
            return self.step(operator.index(key))
        except SceneError as error:
            raise IndexError(str(error)) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """What was asked, and an array itself: a copy walks where the original cannot be reached."""
        asked = (self.asked, self.array, self.layer, self.opens_at, self.view, self.lang, self.theme)
        return again, asked

    def step(self, index: int) -> Step:
        """A step, counted from 0, negative from the end: what a line of `/api/steps` tells."""
        return cast(Step, self.trace[self.index_of(index)])

    def index_of(self, index: int) -> int:
        count, rule = len(self), "the layer has {count} {count|step/steps}, counted from 0"
        with as_refused(self.speech):
            place = whole("step", index, -LARGEST)
            if not -count <= place < count:
                raise SceneError("step", index, rule, count=count)
        return place % count

    def steps(
        self, start: int = 0, stop: int | None = None, every: int = 1, detail: Detail = "full"
    ) -> Iterator[Step]:
        """Steps from `start` to before `stop`, counted as in a slice; computed as they are asked for."""
        with as_refused(self.speech):
            end = len(self) if stop is None else whole("stop", stop, -sys.maxsize, sys.maxsize)
            first, last, _ = slice(whole("start", start, -sys.maxsize, sys.maxsize), end).indices(len(self))
            by = whole("every", every, 1)
            one_of("detail", detail, DETAILS)
        return cast(Iterator[Step], self.trace.steps(first, max(first, last), detail, by))

    def feature_map(self, layer: int = -1) -> Array:
        """The whole output (C, H, W) of a layer; of the last when not said."""
        with as_refused(self.speech):
            return workshop().scenes.feature_map(self.scene, self.scene.layer_index(layer)).copy()

    def summary(self) -> Summary:
        """Each layer's output, parameters and multiply-adds: a table in a notebook, text elsewhere."""
        return Summary(self.line, self.layers, self.speech)

    def render(self, format: str, **words: object) -> bytes:  # noqa: A002
        """The figure as a file; its words are those of `/render.*`."""
        known: dict[str, object] = {"layer": self.layer, "theme": self.theme}
        if format == HTML:
            known |= {"view": self.view, "step": self.opens_at}
        told = {name: word for name, word in {**known, **words}.items() if word not in (None, "")}
        lang = workshop().speech(str(told.pop("lang", self.lang))).code
        return workshop().file(format, {"scene": self.asked, **spelt(told)}, lang)

    def save(self, path: str | Path, format: str | None = None, **words: object) -> Path:  # noqa: A002
        """Writes the figure to a file; what stands behind the dot of its name says which kind, or `format` does."""
        place = Path(path)
        content = self.render((format or place.suffix).removeprefix(".").lower(), **words)
        place.write_bytes(content)
        return place

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """For Jupyter and its relatives: the player, a still for where no script runs, and text."""
        return shown(self).bundle()

    def _repr_html_(self) -> str:
        return shown(self).html

    def _mime_(self) -> tuple[str, str]:
        """For marimo."""
        return "text/html", shown(self).html

    def show(self, **words: object) -> Shown:
        """The same with other words: `show(width=960, step=40)`."""
        return shown(self, **words)

    def widget(self, **words: Any) -> Widget:
        """The player as a widget, whose `step` and `playing` Python reads, sets and observes; needs anywidget."""
        from kernelwalk.widget import Widget  # only here: anywidget is an extra

        return Widget(self, **words)

    def __repr__(self) -> str:
        return f"Walk({self.line!r}, layer={self.layer}): {len(self)} {'step' if len(self) == 1 else 'steps'}"


def walk(
    scene: object,
    operations: str | None = None,
    *,
    layer: int | None = None,
    step: int | None = None,
    view: str = "",
    lang: str | None = None,
    theme: Theme | None = None,
    order: str | None = None,
) -> Walk:
    """A walk over a scene: its line, its JSON, or an array with the operations that follow it.

    walk("cat 64 | sobel"), walk(picture, "conv2d sobel-x | relu"). An array is one of NumPy's, a picture of Pillow's,
    a tensor, or nested lists: (H, W), (H, W, 3) or (C, H, W); `order` says "hwc" or "chw" where both may be. A path,
    Path("photo.jpg"), is the picture in that file.

    layer   which operation is walked, counted from 0, negative from the end
    step    where the player opens
    view    what it shows below the step: "formula", "network+formula", ...
    lang    its language, "en" or "ko"; that of the system when not said
    theme   "light" or "dark"; that of the page around it when not said

    Refuses  what is no scene, and what its operations refuse (SceneError), in the language of `lang`, or the system's

    >>> walk([[1, 2], [3, 4]], "max_pool2d 2").feature_map().tolist()
    [[[4]]]
    """
    with as_refused(workshop().speech(lang)):
        asked, array = asked_line(scene, operations, order)
        found = workshop().scenes.read(asked)
    own_layer, own_step = core.place_of(asked)
    first = own_layer if layer is None else layer
    opens = own_step if layer is None or layer == own_layer else 0
    return Walk(found, asked, first, opens if step is None else step, view, lang, theme, array)


def again(
    asked: str, array: Array | None, layer: int, step: int, view: str, lang: str, theme: Theme | None
) -> Walk:
    """A walk that was put away, perhaps in another program: its array is given here as it was there."""
    with as_refused(workshop().speech(lang)):
        if array is not None:
            array.flags.writeable = False
            workshop().scenes.give(array)
        return Walk(workshop().scenes.read(asked), asked, layer, step, view, lang, theme, array)


def opened(path: os.PathLike[str]) -> Array:
    """The picture in a file, as a server would take it in."""
    return normalise(Path(path).read_bytes(), workshop().settings).pixels


def asked_line(scene: object, operations: str | None, order: str | None) -> tuple[str, Array | None]:
    """The line that says it, and the array that a name in it stands for."""
    chain = "" if operations is None else f" | {operations}"
    if isinstance(scene, core.Scene):
        return scene.line + chain, None
    scene = opened(scene) if isinstance(scene, os.PathLike) else scene
    if isinstance(scene, str):
        return scene + chain, None
    if isinstance(scene, Mapping):
        with as_refused():
            return workshop().scenes.read(dict(scene)).line + chain, None
    array = array_of(scene, order)
    if not chain:
        raise SceneError("scene", "an array", "needs an operation after the input, such as | sobel")
    if is_short(array):
        return nested(array) + chain, None
    return workshop().scenes.give(array) + chain, array


def render(line: str, format: str, **words: object) -> bytes:  # noqa: A002
    """A scene as a file, the same bytes as `/render.FORMAT?scene=LINE`: gif, svg, png, html, ...

    >>> render("[1 2; 3 4] | relu", "svg", steps="last", still=True)[:5]
    b'<svg '
    """
    lang = workshop().speech(str(words["lang"]) if "lang" in words else None).code
    told = {name: word for name, word in words.items() if name != "lang"}
    return workshop().file(format.removeprefix(".").lower(), {"scene": line, **spelt(told)}, lang)


def one_of(field: str, word: T, choices: tuple[str, ...]) -> T:
    """A word that is one of these, or none at all."""
    if word is not None and word not in choices:
        raise unknown(field, str(word), choices)
    return word
