"""From what is wanted to a file: the trace, its figure, and the painter of the format."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation import Scenes
from app.messages import Messages
from app.render import gif, moving_svg, raster, svg
from app.render.choosing import strongest
from app.render.description import Figure

MEDIA = {"svg": "image/svg+xml", "png": "image/png", "gif": "image/gif"}

MOVING = {"gif": gif.animated, "svg": moving_svg.animated}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file: of which steps of which layer, and how it looks. A step of -1 is the one with the strongest answer."""

    line: str
    layer: int
    format: str
    steps: list[int]
    every: int
    lang: str
    theme: str
    caption: str
    width: int
    still: bool = True
    fps: int = 4
    hold: int = 0
    loop: bool = True

    @property
    def key(self) -> str:
        return repr(self)


def file_of(wanted: Wanted, scenes: Scenes, messages: Messages) -> bytes:
    """The same bytes for the same words."""
    scene = scenes.read(wanted.line)
    scenes.check_map(scene, wanted.layer)
    trace = scenes.trace(scene, wanted.layer)
    steps = [strongest(trace) if step < 0 else step for step in wanted.steps]
    figure = Figure(trace, messages.languages[wanted.lang], wanted.theme, wanted.caption, wanted.every)
    if not wanted.still:
        stays = [1 / wanted.fps] * len(steps)
        stays[-1] += wanted.hold
        return MOVING[wanted.format](figure, steps, wanted.width, stays, wanted.loop)
    if wanted.format == "svg":
        return svg.still(figure, steps[0], wanted.width)
    return raster.still(figure, steps[0], wanted.width)
