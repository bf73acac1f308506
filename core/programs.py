"""A layer of a scene as a whole program: its imports, its input, the layers before it, its own lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.operations.coding import numbers
from core.scene import Scene
from core.snippets.snippet import Code, Library, Snippet
from core.source import Source
from core.vocabulary import Layer, Shape

MOST_NUMBERS = 4096  # of an input that is written out
MOST_BEFORE = 20_000  # characters of the layers before
IMPORTS: dict[Library, tuple[str, ...]] = {
    "numpy_loop": (),
    "numpy": (),
    "pytorch": ("import torch",),
    "keras": ("import keras",),
}


Codes = Sequence[Code | None]


def codes_of(layers: Sequence[Layer]) -> Codes:
    """What each layer says of its code: asked once, however many programs are made of it."""
    return [layer.code() for layer in layers]


def programs(scene: Scene, layers: Sequence[Layer], index: int, codes: Codes | None = None) -> dict[str, Any] | None:
    """The layer's map in each library that has it, and the line that a step is; `codes` are those of all the layers.

    >>> from core.scene import parse
    >>> scene = parse("[1 -2; 3 4] | relu | max_pool2d 2")
    >>> exec(programs(scene, scene.bind((1, 2, 2)), 1)["numpy"], space := {})
    >>> space["y"].tolist()
    [[[4.0]]]
    """
    codes = codes_of(layers[: index + 1]) if codes is None else codes
    code = codes[index]
    if code is None:
        return None
    earlier = {torch: before(scene, codes[:index], torch) for torch in (False, True)}
    texts: dict[str, Any] = {
        name: program(scene, layers, index, name, own, earlier[name == "pytorch"])
        for name, own in code.snippets().items()
    }
    return {**texts, "step": code.step.as_json()}


@dataclass
class Draft:
    """A program while it is written."""

    needs: list[str] = field(default_factory=lambda: ["import numpy as np"])
    body: list[str] = field(default_factory=list)
    torch: bool = False  # whether x is a tensor now

    def need(self, imports: Sequence[str]) -> None:
        self.needs += [line for line in imports if line not in self.needs]

    def add(self, snippet: Snippet, torch: bool) -> None:
        """Lines that make y of x, after x has become what they take."""
        if torch and not self.torch:
            self.need(("import torch",))
            self.body.append("x = torch.from_numpy(np.ascontiguousarray(x))")
        elif self.torch and not torch:
            self.body.append("x = x.numpy()")
        self.torch = torch
        self.need(snippet.needs)
        self.body += snippet.lines

    @property
    def text(self) -> str:
        imports = sorted(self.needs, key=lambda line: (not line.startswith("import "), line))
        return "\n".join([*imports, "", *self.body, ""])


Earlier = list[tuple[str, Snippet, bool]] | None


def program(scene: Scene, layers: Sequence[Layer], index: int, library: Library, own: Snippet, earlier: Earlier) -> str:
    torch = library == "pytorch"
    draft = Draft()
    draft.need(IMPORTS[library])
    if earlier is None:
        draft.body.append(loaded(layers[index].input_shape, "what the layer before makes"))
    else:
        draft.body += input_lines(scene.source, layers[0].input_shape, draft)
        for title, snippet, in_torch in earlier:
            draft.body += ["", f"# {title}"]
            draft.add(snippet, in_torch)
            draft.body.append("x = y")
    draft.body += ["", f"# {scene.layers[index].title}"]
    draft.add(own, torch)
    return draft.text


def before(scene: Scene, codes: Codes, torch: bool) -> Earlier:
    """The layers before, in PyTorch where that is wanted and they have it; None where they are too long to repeat."""
    found, length = [], 0
    for operation, code in zip(scene.layers, codes, strict=False):
        if code is None:
            return None
        snippet = code.pytorch if torch else code.numpy
        length += sum(map(len, (snippet or code.numpy).lines))
        if length > MOST_BEFORE:  # at once: every layer of a long chain asks this
            return None
        found.append((str(operation.title), snippet or code.numpy, torch and snippet is not None))
    return found


def input_lines(source: Source, shape: Shape, draft: Draft) -> tuple[str, ...]:
    """x, (C, H, W): its numbers, or the picture from a file of one's own."""
    matrix = source.array()
    if source.is_array:
        return (loaded(shape, "the input"),)
    if matrix is None:
        draft.need(("from PIL import Image",))
        return picture_lines(source, shape)
    if matrix.size > MOST_NUMBERS:
        return (loaded(shape, "the input"),)
    return (numbers("x", matrix, "channels, rows, columns"),)


def picture_lines(source: Source, shape: Shape) -> tuple[str, ...]:
    C, H, W = shape
    name = str(source.name)
    opened = f'Image.open("{"picture" if ":" in name else name}.png").convert("{"RGB" if C == 3 else "L"}")'
    if source.crop is not None:
        top, left, height, width = source.crop
        opened += f".crop(({left}, {top}, {left + width}, {top + height}))"
    if source.size is not None:
        opened += f".resize(({W}, {H}), Image.Resampling.BOX)"
    channels = ".transpose(2, 0, 1)" if C == 3 else "[None]"
    array = f"x = np.asarray(picture, dtype=float){channels}  # {shape}: channels, rows, columns"
    return f"picture = {opened}  # your own copy", array


def loaded(shape: Shape, what: str) -> str:
    return f'x = np.load("x.npy")  # {what}, {shape}: save it to this file first'
