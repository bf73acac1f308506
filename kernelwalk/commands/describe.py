"""`kernelwalk describe LINE`: each layer's shape, parameters and multiplications, as Keras' summary tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from core.texts import Say, Text
from kernelwalk.columns import joined, width
from kernelwalk.commands.house import asked, code_of, told
from kernelwalk.commands.parts import line_argument, line_of, write
from kernelwalk.commands.words import Spoken, lang_option
from kernelwalk.summary import ALL, COUNTED, HEADS, INPUT, grouped

HELP = Text("Print the shapes and parameters of a scene's layers.")
AS_JSON = Text("print what /api/scene answers instead")
NOTE = Text("Note: {warning}")
EXAMPLES = (
    'kernelwalk describe "cat 64 | conv2d sobel-x stride=2 padding=same | relu | max_pool2d 2"',
    "kernelwalk describe @lenet-5 --json",
)
PATH = "/api/scene"


def command(say: Say) -> click.Command:
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=say(AS_JSON))
    params = [line_argument(), as_json, lang_option(say)]

    def run(line: str, as_json: bool, lang: str | None) -> None:
        words = {"scene": line_of(line)}
        if as_json:
            write("-", asked(PATH, words, say) + b"\n")
        else:
            click.echo("\n".join(table(told(PATH, words, say), say)))

    return Spoken("describe", say, say(HELP), EXAMPLES, params=params, callback=run)


def table(scene: Mapping[str, Any], say: Say) -> Iterator[str]:
    layers: Sequence[Mapping[str, Any]] = scene["layers"]
    head = ["", *map(say, HEADS[:-1])]
    rows = [["", say(INPUT), sides(layers[0]["input_shape"]), "", "", ""]]
    rows += [[str(place), *row(layer, say)] for place, layer in enumerate(layers)]
    sums = [grouped(sum(layer[name] or 0 for layer in layers)) for name in COUNTED]
    lines = list(joined([head, *rows, ["", say(ALL), "", *sums]], right=3))
    rule = "─" * max(map(width, lines))
    yield scene["line"]
    yield from (rule, lines[0], rule, *lines[1:-1], rule, lines[-1])
    for warning in scene["warnings"]:
        yield say(NOTE, warning=warning)


def row(layer: Mapping[str, Any], say: Say) -> list[str]:
    title = layer["title"].get(code_of(say), layer["title"]["en"])
    counts = [grouped(layer[name]) for name in COUNTED]
    return [f"{title} ({layer['operation']})", sides(layer["output_shape"]), *counts]


def sides(shape: Sequence[int]) -> str:
    return f"({', '.join(map(str, shape))})"
