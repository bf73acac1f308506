"""`kernelwalk gallery [NAME]`: the figures that are there, and the line of one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from core.errors import unknown
from core.gallery import GALLERY, SECTIONS
from core.texts import Say, Text
from kernelwalk.columns import joined
from kernelwalk.commands.parts import scenes
from kernelwalk.commands.words import Spoken, lang_option

HELP = Text("List the figures that are there, chapter by chapter; with a name, print the scene line of that one.")
EXAMPLES = (
    "kernelwalk gallery",
    "kernelwalk gallery first-steps",
    'kernelwalk render "$(kernelwalk gallery sobel)" -o sobel.svg',
)


def command(say: Say) -> click.Command:
    name = click.Argument(["name"], required=False, metavar="[NAME]", shell_complete=scenes)

    def run(name: str | None, lang: str | None) -> None:
        click.echo("\n".join(listed(say)) if name is None else line_of(name.removeprefix("@")))

    return Spoken("gallery", say, say(HELP), EXAMPLES, params=[name, lang_option(say)], callback=run)


def listed(say: Say) -> Iterator[str]:
    """Every figure by its name and title, under the title of its chapter."""
    for number, (section, title) in enumerate(SECTIONS.items()):
        yield from ["", say(title)] if number else [say(title)]
        rows = [(f"  @{name}", say(figure.title)) for name, figure in GALLERY.items() if figure.section == section]
        yield from joined(rows)


def line_of(name: str) -> str:
    if name not in GALLERY:
        raise unknown("figure", name, GALLERY, "kernelwalk gallery")
    return GALLERY[name].line
