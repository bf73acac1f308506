"""A scene's layers as a table, as Keras prints a model: in a notebook HTML, elsewhere text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from app.messages import Speech
from core.texts import Text
from kernelwalk.columns import joined, width

HEADS = (
    Text("layer"),
    Text("output"),
    Text("parameters"),
    Text("multiply-adds"),
    Text("steps"),
    Text("receptive field"),
)
COUNTED = ("parameters", "multiply_adds", "steps")
INPUT, ALL = Text("input"), Text("all")
TIMES = " × "
ROOM = "padding:2px 10px"


class Summary:
    """The rows of the table are `rows`, the words in its head `heads`."""

    def __init__(self, line: str, layers: Sequence[dict[str, Any]], speech: Speech) -> None:
        self.line = line
        self.heads = [speech(head) for head in HEADS]
        first = [speech(INPUT), sides(layers[0]["input_shape"]), "", "", "", ""]
        last = [speech(ALL), "", *(grouped(sum(layer[name] or 0 for layer in layers)) for name in COUNTED), ""]
        self.rows = [first, *(row_of(layer, speech) for layer in layers), last]

    def __str__(self) -> str:
        head, *lines, last = joined([self.heads, *self.rows], right=1)
        rule = "-" * max(map(width, (head, *lines, last)))
        return "\n".join([head, rule, *lines, rule, last])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """A plain table, in the looks of whoever shows it."""
        head = "".join(
            f'<th scope="col" style="{ROOM};text-align:{"right" if place else "left"}">{escape(word)}</th>'
            for place, word in enumerate(self.heads)
        )
        body = "".join(f"<tr>{cells(row)}</tr>" for row in self.rows[:-1])
        return (
            f"<table><caption style=\"text-align:left\">{escape(self.line)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody><tfoot><tr>{cells(self.rows[-1])}</tr></tfoot></table>"
        )


def row_of(layer: dict[str, Any], speech: Speech) -> list[str]:
    return [
        f"{speech(layer['title'])} ({layer['operation']})",
        sides(layer["output_shape"]),
        *(grouped(layer[name]) for name in COUNTED),
        sides(layer["receptive_field"]),
    ]


def sides(shape: Iterable[int]) -> str:
    return TIMES.join(map(str, shape))


def grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def cells(row: Sequence[str]) -> str:
    first, *others = map(escape, row)
    name = f'<th scope="row" style="{ROOM};text-align:left">{first}</th>'
    return name + "".join(f'<td style="{ROOM};text-align:right">{cell}</td>' for cell in others)
