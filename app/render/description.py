"""A figure described: what stays, and what each step changes, as lists of plain shapes. Both painters draw these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.messages import Speech
from app.render import arithmetic
from app.render.captions import caption_height, captioned, width_of
from app.render.choosing import evenly
from app.render.layout import PANES, SIDE, WIDTH, layout
from app.render.look import Roles
from app.render.model import Model, Step
from app.render.planes import MOST_TILES, NO_BORDER, Box, Planes, thinned
from app.render.shapes import Dot, Frame, Hatch, Picture, Rect, Run, Shape, Words
from app.render.writing import Token, Tokens, lines_of, result_of
from core.rules.figures import figure
from core.trace import Trace
from core.vocabulary import Array

LEGEND, SHORTEST = 64, 24  # the ramp: usually, and where much is written beside it
APART = 18  # a name and the shape after it: small bold letters are wider than large ones
LINE, MOST_LINES, LETTER = 12.0, 5, 0.605
BOLD = 1.18  # how much wider bold letters are


class Figure:
    """Shapes of a layer's steps. `every` is said beside the counter where not each step is drawn."""

    def __init__(
        self,
        trace: Trace,
        speech: Speech,
        theme: str = "light",
        caption: str = "",
        every: int = 1,
        panes: Sequence[str] = PANES,
    ) -> None:
        self.model = Model(trace, speech, theme)
        self.trace, self.caption, self.every = trace, caption, every
        self.roles = self.model.roles
        self.layout = layout(panes)
        wide, tall = self.layout.size
        self.size = (wide, tall + caption_height(caption, wide))
        several = {"input": self.model.input.shape[0], "output": self.model.output.shape[0]}
        self.tiles = {
            "input": 1 if self.model.coloured else min(MOST_TILES, several["input"]),
            "output": min(MOST_TILES, several["output"]),
        }
        borders = {"input": self.model.border, "output": NO_BORDER}
        self.planes = {
            role: Planes(box, self.array(role).shape, self.tiles[role], borders[role], self.model.letters[role])
            for role, box in self.layout.maps.items()
        }
        self.stays: dict[Any, list[Shape]] = {}

    def array(self, role: str) -> Array:
        return self.model.input if role == "input" else self.model.output

    def step(self, index: int) -> dict[str, Any]:
        return self.trace[index]

    def walked(self, indices: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The steps in their order, those at even distances computed together."""
        for span in evenly(indices):
            yield from self.trace.steps(span.start, span.stop, every=span.step)

    def shown(self, role: str, step: Step) -> list[int]:
        """Planes that are drawn: those the step touches, where there are more than room."""
        total, count = self.array(role).shape[0], self.tiles[role]
        if role == "input" and self.model.coloured:
            return [0]
        touched = next((planes for pane, planes, _, _ in arithmetic.marks(self.model, step) if pane == role), [0])
        first = 0 if total <= count else max(0, min(total - count, (touched[0] if touched else 0) - count // 2))
        return list(range(first, first + count))

    def key(self, step: Step) -> tuple[Any, ...]:
        return (*self.shown("input", step), "|", *self.shown("output", step), *arithmetic.key_of(self.model, step))

    def still(self, step: Step) -> list[Shape]:
        """What all steps of one key share."""
        key = self.key(step)
        if key not in self.stays:
            self.stays[key] = [*self.paper(), *self.stays_of(step)]
        return self.stays[key]

    def paper(self) -> Iterator[Shape]:
        yield Rect(0, 0, *self.size, self.roles["paper"])
        if self.caption:
            yield from captioned(self.caption, self.roles["text"], self.size)

    def stays_of(self, step: Step) -> list[Shape]:
        """The same without its paper and caption."""
        return [*self.ground(), *self.pictures(step), *self.sums(step)[0]]

    def sums(self, step: Step) -> arithmetic.Drawn:
        """The arithmetic, where it is shown: what stays, and what the step changes."""
        middle = self.layout.middle
        return arithmetic.drawn(self.model, step, middle) if middle else ([], [])

    def ground(self) -> Iterator[Shape]:
        roles = self.roles
        for role, box in self.layout.maps.items():
            name = self.model.names[role]
            yield Words(box.x, 28, ((name, roles[role]),), 15, "bold")
            shape = "×".join(map(str, self.array(role).shape))
            after = box.x + APART + 15 * BOLD * width_of(name)
            yield Words(after, 28, ((shape, roles["quiet"]),), 12, "mono")
            yield from self.legend(role, after + 12 * LETTER * len(shape) + APART, box.x + box.width)

    def legend(self, role: str, start: float, right: float) -> Iterator[Shape]:
        """Between what is written before it and the right end."""
        scale, quiet = self.model.scales[role], self.roles["quiet"]
        ends = [figure(end) for end in (scale.low, scale.high)]
        beside = [len(end) * 6.7 + 6 for end in ends]
        wide = max(SHORTEST, min(LEGEND, right - start - sum(beside)))
        left = right - beside[1] - wide
        yield Words(right, 27, ((ends[1], quiet),), 11, "mono", "end")
        yield Picture(left, 19, wide, 9, scale.ramp())
        yield Frame(left, 19, wide, 9, self.roles["line"], 1)
        yield Words(left - 6, 27, ((ends[0], quiet),), 11, "mono", "end")

    def pictures(self, step: Step) -> Iterator[Shape]:
        """Input and output whole; over the output stands later what is not written yet."""
        for role in self.planes:
            for place, plane in enumerate(self.shown(role, step)):
                yield from self.plane(role, place, plane, self.array(role))

    def plane(self, role: str, place: int, plane: int, array: Array) -> Iterator[Shape]:
        model, planes = self.model, self.planes[role]
        yield from planes.ground(place, self.roles, model.channel_name(plane) if role == "input" else
                                 model.say("channel", number=plane + 1))  # fmt: skip
        sides = (planes.columns * planes.cell, planes.rows * planes.cell)
        if role == "input" and model.coloured:
            pixels = np.ascontiguousarray(thinned(array, *sides).transpose(1, 2, 0)).astype(np.uint8)
        else:
            pixels = model.scales[role].pixels(thinned(array[plane], *sides), self.roles["hatch_paper"])
        yield planes.picture(place, pixels)
        yield from planes.edge(place, self.roles)
        if not (role == "input" and model.coloured):
            yield from planes.numbers(place, array[plane], model.scales[role])

    def moving(self, step: Step) -> list[Shape]:
        """What this step changes."""
        return [
            *self.written(step),
            *self.marked(step),
            *self.sums(step)[1],
            *self.result(step),
            *self.counter(step),
        ]

    def written(self, step: Step) -> Iterator[Shape]:
        """The output as far as it is made."""
        if "output" not in self.planes:
            return
        planes = self.planes["output"]
        shown = self.shown("output", step)
        if self.model.kind == "scatter":
            array = self.trace.so_far(step["index"] + 1)
            for place, plane in enumerate(shown):
                yield from self.plane("output", place, plane, array)
            return
        cells = planes.rows * planes.columns
        columns = isinstance(step.get("output"), list)
        for place, plane in enumerate(shown):
            x, y = planes.corner(place)
            if columns:
                rest = planes.columns - step["at"][2] - 1
                hatch = planes.block(place, [0, planes.rows - 1], [planes.columns - rest, planes.columns - 1])
                if rest:
                    yield pending(hatch, self.roles)
                continue
            yield from planes.unwritten(place, max(0, min(cells, step["index"] + 1 - plane * cells)), self.roles)
            yield Frame(x - 0.5, y - 0.5, planes.columns * planes.cell + 1, planes.rows * planes.cell + 1,
                        self.roles["line"], 1)  # fmt: skip

    def marked(self, step: Step) -> Iterator[Shape]:
        """Frames round what the step reads and writes, with rulers at the edge that are seen from far."""
        for role, touched, rows, columns in arithmetic.marks(self.model, step):
            if role not in self.planes:
                continue
            planes, shown = self.planes[role], self.shown(role, step)
            together = role == "input" and self.model.coloured
            for place in [0] if together else [shown.index(plane) for plane in touched if plane in shown]:
                box = planes.block(place, rows, columns)
                grow = max(0.0, 5 - box.width) / 2
                x, y = planes.corner(place)
                colour = self.roles[role]
                stroke = max(2.0, min(3.5, planes.cell / 8))
                yield Frame(
                    box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow, colour, stroke,
                    self.roles["paper"],
                )  # fmt: skip
                yield Rect(x - 6, box.y - grow, 3, box.height + 2 * grow, colour)
                if planes.count == 1:  # several have their names there
                    yield Rect(box.x - grow, y - 6, box.width + 2 * grow, 3, colour)

    def result(self, step: Step) -> Iterator[Shape]:
        """What the step comes to, large, and the sum written out."""
        box = self.layout.result
        if not box:
            return
        model, roles, x = self.model, self.roles, box.x
        several = self.array("input" if model.kind == "scatter" else "output").shape[0] > 1
        channel, row, column = (place + 1 for place in step["at"])
        place = model.say("places" if several else "place", channel=channel, row=row, column=column)
        title = model.speech(self.trace.operation.title)
        yield Words(x, box.y + 14, ((title, roles["text"]),), min(15, box.width / BOLD / width_of(title)), "bold")
        yield Words(x, box.y + 32, ((place, roles["quiet"]),), 12)
        result = result_of(model.rule, model.start, step, model.say("kernel"))
        large = min(30.0, box.width / max(1.0, sum(len(text) for text, _ in result) * LETTER))
        if result:
            yield Words(x, box.y + 70, self.runs(result), large, "strong")
        lines = [piece for line in lines_of(model.rule, model.start, step) for piece in wrapped(line, box.width)]
        for number, line in enumerate(lines[:MOST_LINES]):
            if number == MOST_LINES - 1 and len(lines) > MOST_LINES:
                line = [Token("…", "quiet")]
            y = box.y + (92 if result else 54) + number * 16
            yield Words(x, y, self.runs(line), LINE, "mono")

    def runs(self, tokens: Tokens) -> tuple[Run, ...]:
        return tuple((text, self.roles[role or "text"]) for text, role in tokens if text)

    def counter(self, step: Step) -> Iterator[Shape]:
        """How far the walk is."""
        roles, last, foot = self.roles, len(self.trace) - 1, self.layout.foot
        text = self.model.say("counter", step=f"{step['index'] + 1:,}", steps=f"{last + 1:,}")
        if self.every > 1:
            text += f" · {self.model.say('every', every=self.every)}"
        room = 24 + 12 * width_of(text)
        right = WIDTH - SIDE - room
        share = step["index"] / last if last else 1.0
        x = SIDE + share * (right - SIDE)
        yield Rect(SIDE, foot - 2, right - SIDE, 4, roles["line"])
        yield Rect(SIDE, foot - 2, x - SIDE, 4, roles["input"])
        yield Dot(x, foot, 6, roles["input"], roles["paper"])
        yield Words(WIDTH - SIDE, foot + 4, ((text, roles["quiet"]),), 12, "sans", "end")


def pending(box: Box, roles: Roles) -> Hatch:
    return Hatch(box.x, box.y, box.width, box.height, roles["pending"], roles["hatch_paper"])


def wrapped(line: Tokens, width: float) -> list[Tokens]:
    """A line in pieces that fit; it is broken before signs and after commas."""
    most, used = int(width / (LINE * LETTER)), 0
    pieces: list[Tokens] = [[]]
    for unit in units(line):
        if used and used + len("".join(text for text, _ in unit).rstrip()) > most:
            pieces.append([])
            used = 0
        for place, (text, role) in enumerate(unit):
            pieces[-1].append(Token(text if used or place else text.lstrip(), role))
        used += sum(len(text) for text, _ in unit)
    return pieces


def units(line: Tokens) -> list[Tokens]:
    """Tokens that stay together: a sign with spaces about it begins another unit."""
    made: list[Tokens] = []
    for token in line:
        if not made or token.text.startswith(" ") or made[-1][-1].text.endswith(", "):
            made.append([])
        made[-1].append(token)
    return made
