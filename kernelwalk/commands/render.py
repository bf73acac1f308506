"""`kernelwalk render LINE -o FILE`: what /render.* answers, written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from core.errors import unknown
from core.texts import Say, Text
from kernelwalk.commands.house import asked
from kernelwalk.commands.parts import STANDARD, line_argument, line_of, options, output_option, place_of, said, write
from kernelwalk.commands.words import MISSING, MISUSED, Mistake, Spoken
from kernelwalk.figures import TAKES_NOT
from kernelwalk.workshop import FILES, forms

HELP = Text(
    "Write a figure as a file. What stands behind the dot of its name says which kind: {formats}. A gif moves, "
    "and so does an svg unless --still is said; an html file is the player itself and needs no server."
)
FORMAT = Text("the kind of file, where its name does not tell: {formats}")
NO_FORMAT = Text("{file} does not tell which kind of file it is: add one of {formats} behind a dot, or say --format")
EXAMPLES = (
    'kernelwalk render "cat 64 | sobel-x" -o sobel.gif --fps 8',
    'kernelwalk render "cat 64 | sobel-x" -o sum.png --steps strongest --width 1400',
    "kernelwalk render @first-steps -o first.html --lang ko",
    'echo "cat 64 | sobel" | kernelwalk render - -o - --format svg > sobel.svg',
)


def command(say: Say) -> click.Command:
    names = ", ".join(forms())
    form = click.Option(["--format", "form"], metavar="FORMAT", help=say(FORMAT, formats=names))
    params = [line_argument(), output_option(say, None), form, *options(forms().values(), say)]

    def run(line: str, output: str | None, form: str | None, **given: Any) -> None:
        if output is None:
            raise Mistake(MISSING, MISUSED, name="-o")
        kind = form_of(output, form)
        place_of(output, kind)
        write(output, file_of(kind, line_of(line), given, say))

    return Spoken("render", say, say(HELP, formats=names), EXAMPLES, params=params, callback=run)


def form_of(output: str, form: str | None) -> str:
    """Refuses  what is no kind of file; a name that does not say one"""
    kind = form or ("" if output == STANDARD else Path(output).suffix.removeprefix("."))
    if not kind:
        raise Mistake(NO_FORMAT, MISUSED, file=output, formats=", ".join(forms()))
    if kind.lower() not in forms():
        raise unknown("format", kind, forms())
    return kind.lower()


def file_of(kind: str, line: str, given: Mapping[str, Any], say: Say) -> bytes:
    """The bytes that a server would send.

    Refuses  what the API refuses; a word that this kind of file does not take
    """
    words = said(given)
    strange = [name for name in words if name not in forms()[kind].model_fields]
    if strange:
        raise Mistake(TAKES_NOT, MISUSED, format=kind, option=f"--{strange[0].replace('_', '-')}")
    return asked(f"{FILES}{kind}", {"scene": line, **words}, say)
