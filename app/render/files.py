"""From what is wanted to a file: the trace, its figure, and the painter of the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.evaluation import Scenes
from app.messages import Messages
from app.render.choosing import strongest
from app.render.description import Figure
from app.render.formats import FORMATS
from app.render.layout import PANES
from app.render.sheet import page, strip


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
    fps: float = 4
    hold: float = 0
    loop: bool = True
    strip: bool = False
    columns: int = 1  # of a strip
    panes: Sequence[str] = PANES

    @property
    def key(self) -> str:
        return repr(self)


def file_of(wanted: Wanted, scenes: Scenes, messages: Messages) -> bytes:
    """The same bytes for the same words."""
    scene = scenes.read(wanted.line)
    scenes.check_map(scene, wanted.layer)
    trace = scenes.trace(scene, wanted.layer)
    steps = [strongest(trace) if step < 0 else step for step in wanted.steps]
    speech = messages.languages[wanted.lang]
    figure = Figure(trace, speech, wanted.theme, wanted.caption, wanted.every, wanted.panes)
    form = FORMATS[wanted.format]
    if wanted.still and form.still:
        sheet = strip(figure, steps, wanted.columns) if wanted.strip else page(figure, steps[-1])
        return form.still(sheet, wanted.width)
    assert form.moving
    shown = steps[-1:] if wanted.still else steps
    stays = [1 / wanted.fps] * len(shown)
    stays[-1] += wanted.hold
    return form.moving(figure, shown, wanted.width, stays, wanted.loop)
