"""What commands share: the scene line of a person, options made from the words of the API, files that are written."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, get_args

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.texts import Say, Text
from kernelwalk.commands.words import LINE, MISUSED, Mistake, lang_option
from kernelwalk.written import spelt

STANDARD = "-"
OUTPUT = Text("the file to write; - is standard output")
NO_LINE = Text("there is no scene line on standard input")
DEFAULT = Text("{about}; {default} when not said")
BINARY = Text("a {format} file is not for a terminal: name a file with -o, or send it on")
OWN = ("scene", "lang")  # words that the command line asks for in its own way


def line_argument() -> click.Argument:
    return click.Argument(["line"], metavar=LINE, shell_complete=scenes)


def scenes(context: click.Context, parameter: click.Parameter, begun: str) -> list[Any]:
    """Figures by their names, for a shell that completes words."""
    from core.gallery import GALLERY

    return [f"@{one}" for one in GALLERY if f"@{one}".startswith(begun)]


def line_of(given: str) -> str:
    """The scene line, or what standard input says."""
    if given != STANDARD:
        return given
    line = sys.stdin.read().strip()
    if not line:
        raise Mistake(NO_LINE)
    return line


def options(models: Iterable[type[BaseModel]], say: Say) -> list[click.Parameter]:
    """An option for each word that a call may be asked, with the help that its reference has."""
    fields: dict[str, FieldInfo] = {}
    for model in models:
        fields |= {name: field for name, field in model.model_fields.items() if name not in fields}
    return [*(option(name, field, say) for name, field in fields.items() if name not in OWN), lang_option(say)]


def option(name: str, field: FieldInfo, say: Say) -> click.Option:
    word = name.replace("_", "-")
    about = say(field.description or "")
    if field.annotation is bool:
        return click.Option([f"--{word}/--no-{word}", name], default=None, help=about)
    choices = choices_of(field)
    if field.default not in (None, "") and not field.is_required():
        about = say(DEFAULT, about=about, default=field.default)

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[Any]:
        return [one for one in choices if one.startswith(begun)]

    metavar = f"[{'|'.join(choices)}]" if choices else word.upper()
    return click.Option([f"--{word}", name], metavar=metavar, help=about, shell_complete=complete)


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The words of a literal, in whatever it stands."""
    return tuple(word for word in flat(field.annotation) if isinstance(word, str))


def flat(kind: Any) -> Iterator[Any]:
    for part in get_args(kind):
        yield part
        yield from flat(part)


def said(given: Mapping[str, Any]) -> dict[str, str]:
    """The words that were given, as an address has them."""
    return {name: str(word) for name, word in spelt(given).items()}


def output_option(say: Say, default: str | None = STANDARD) -> click.Option:
    return click.Option(["-o", "--output"], metavar="FILE", default=default, help=say(OUTPUT))


def place_of(output: str, form: str = "") -> Path | None:
    """Where a file is to be written, or nothing for standard output: asked before the work, which may be long.

    Refuses  a folder that is not there, or stands where the file would; a terminal for a kind of file that is no text
    """
    if output == STANDARD:
        if form and sys.stdout.isatty():
            raise Mistake(BINARY, MISUSED, format=form)
        return None
    place = Path(output)
    if not place.parent.is_dir():
        raise of_file(errno.ENOENT, output)
    if place.is_dir() or output.endswith(os.sep):
        raise of_file(errno.EISDIR, output)
    return place


def of_file(number: int, output: str) -> OSError:
    """What the system says, of the file that was asked for and not of the one that stands in for it."""
    return OSError(number, os.strerror(number), output)


def write(output: str, content: bytes) -> None:
    """A whole file or none."""
    place = place_of(output)
    if place is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        if place.exists() and not place.is_file():  # a device, a pipe
            place.write_bytes(content)
        else:
            write_beside(place, content)
    except OSError as error:
        raise of_file(error.errno or errno.EIO, output) from None


def write_beside(place: Path, content: bytes) -> None:
    """Into a file beside it, which then takes its place; nothing of that stays when it cannot."""
    with NamedTemporaryFile(dir=place.parent, prefix=".kernelwalk-", delete=False) as beside:
        made = Path(beside.name)
        try:
            beside.write(content)
            beside.flush()
            mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask()
            made.chmod(mode)
            made.replace(place)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

