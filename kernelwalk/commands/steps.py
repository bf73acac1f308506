"""`kernelwalk steps LINE`: what /api/steps answers, a JSON object a line."""

from __future__ import annotations

import sys
from typing import Any

import click
import orjson

from app.models.requests import StepsQuery
from core.texts import Say, Text
from kernelwalk.commands.house import asked, pour
from kernelwalk.commands.parts import line_argument, line_of, options, output_option, place_of, said, write
from kernelwalk.commands.words import Spoken, Told

HELP = Text("Print the steps of a layer as JSON lines: a line that opens, a line for each step, a line that ends.")
EXAMPLES = (
    'kernelwalk steps "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"',
    'kernelwalk steps "cat 64 | sobel-x | relu" --layer 1 --start 100 --stop 110',
    'kernelwalk steps "cat 64 | sobel-x" --detail output -o outputs.jsonl',
)
PATH = "/api/steps"


def command(say: Say) -> click.Command:
    params = [line_argument(), output_option(say), *options((StepsQuery,), say)]

    def run(line: str, output: str, **given: Any) -> None:
        words = {"scene": line_of(line), **said(given)}
        if place_of(output) is not None:
            content = asked(PATH, words, say)
            check(content, say)
            write(output, content)
            return
        last = [b""]

        def tell(part: bytes) -> None:
            last[0] = part or last[0]
            sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()

        pour(PATH, words, say, tell)
        check(last[0], say)

    return Spoken("steps", say, say(HELP), EXAMPLES, params=params, callback=run)


def check(content: bytes, say: Say) -> None:
    """What could not be computed is the last line of what was; it is a mistake all the same."""
    last = orjson.loads(content.rstrip(b"\n").rpartition(b"\n")[2] or b"{}")
    if last.get("type") == "error":
        raise Told(last["detail"])
