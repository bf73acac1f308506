"""The curriculum's scenes, one row each, one file a chapter: a permanent name, a line, a title and a caption."""

from __future__ import annotations

from collections.abc import Mapping

from core import scene
from core.gallery import activations, channels, computing, filters, images, networks, pooling, steps
from core.gallery.figure import GalleryScene as GalleryScene
from core.limits import DEFAULT, Limits
from core.scene import Scene
from core.texts import Text

SECTIONS: Mapping[str, Text] = {
    "images": Text("Images are numbers"),
    "steps": Text("The convolution, step by step"),
    "channels": Text("Weights, channels, many kernels"),
    "filters": Text("Classical filters"),
    "activations": Text("Activations"),
    "pooling": Text("Pooling"),
    "computing": Text("How it is computed"),
    "networks": Text("Networks"),
}

CHAPTERS = (images, steps, channels, filters, activations, pooling, computing, networks)

ROWS: tuple[GalleryScene, ...] = tuple(row for chapter in CHAPTERS for row in chapter.ROWS)
GALLERY: Mapping[str, GalleryScene] = {row.id: row for row in ROWS}
LIBRARY: Mapping[str, str] = {row.id: row.line for row in ROWS}


def figure_of(line: str) -> GalleryScene | None:
    """The figure that a line names, as `@id` alone.

    >>> figure_of("@sobel").id, figure_of("@sobel | relu")
    ('sobel', None)
    """
    name = line.strip()
    return GALLERY.get(name.removeprefix("@")) if name.startswith("@") else None


def planes_of(line: str, layer: int) -> dict[str, tuple[Text, ...]]:
    """What the planes of input and output are called where a line names a figure, on that figure's own layer.

    >>> planes_of("@line-filters", 0)
    {'output': ('Vertical lines', 'Horizontal lines')}
    """
    figure = figure_of(line)
    if figure is None or figure.layer != layer:
        return {}
    return {side: names for side, names in (("input", figure.channels), ("output", figure.maps)) if names}


def place_of(line: str) -> tuple[int, int]:
    """The layer and the step at which a line opens: those of the figure that it names, else the first of both.

    >>> place_of("@receptive-field"), place_of("cat 64 | sobel")
    ((1, 0), (0, 0))
    """
    figure = figure_of(line)
    return (figure.layer, figure.step) if figure else (0, 0)


def parse(line: str, limits: Limits = DEFAULT) -> Scene:
    """A scene from its line, where @id is a scene of the curriculum.

    Refuses  what is not a scene line, in the words of the line

    >>> parse("Cat 64 | sobel-x stride=(2,2) | relu").line
    'cat 64 | conv2d sobel-x stride=2 | relu'
    """
    return scene.parse(line, LIBRARY, limits)


def scene_from_json(value: object, limits: Limits = DEFAULT) -> Scene:
    """A scene from its JSON, where the source @id is a scene of the curriculum.

    Refuses  what is not {"input": {"source", "size", "mode"}, "layers": [{"operation", ...}]}

    >>> scene_from_json({"input": {"source": "cat", "size": 64}, "layers": [{"operation": "sobel"}]}).line
    'cat 64 | sobel'
    """
    return scene.scene_from_json(value, LIBRARY, limits)
