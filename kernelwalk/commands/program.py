"""The words of the command line, put together: `main()` is what the command `kernelwalk` runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import click
from click.shell_completion import get_completion_class

from core.errors import unknown
from core.texts import Say, Text
from kernelwalk.commands.words import Program, lang_option, language, ran, speech

ABOUT = Text("Walks a convolution kernel over a picture, step by step, with the arithmetic in view.")
COMMANDS = {
    "serve": Text("serve the lab and the API"),
    "render": Text("write a figure as a file: a moving picture, a still, or a page that needs no server"),
    "steps": Text("print the steps of a layer as JSON lines"),
    "describe": Text("print the shapes and parameters of a scene's layers"),
    "gallery": Text("list the figures that are there, or print the line of one"),
    "quiz": Text("write questions about figures as one file that needs no server"),
    "build": Text("draw the figures that stand in a document"),
    "train": Text("train a network on digits"),
}
EXAMPLES = (
    'kernelwalk render "cat 64 | sobel-x" -o sobel.gif',
    'kernelwalk describe "cat 64 | conv2d gaussian-5 | relu | max_pool2d 2"',
    "kernelwalk build lecture.md -o lecture-with-figures.md",
)
VERSION_HELP = Text("show the version")
COMPLETION_HELP = Text("print what makes a shell complete these words: bash, zsh or fish")
SHELLS = ("bash", "zsh", "fish")
COMPLETES = "_KERNELWALK_COMPLETE"


def made(name: str) -> Callable[[Say], click.Command]:
    """A command's own module is imported when the command is asked for."""

    def make(say: Say) -> click.Command:
        module = import_module(f"{__package__}.{name}")
        command: click.Command = module.command(say)
        return command

    return make


def program(say: Say) -> Program:
    def version(context: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked:
            from app.main import VERSION

            click.echo(f"kernelwalk {VERSION}")
            context.exit()

    def completion(context: click.Context, _: click.Parameter, shell: str | None) -> None:
        if shell is not None:
            kind = get_completion_class(shell)
            if kind is None:
                raise unknown("shell", shell, SHELLS)
            click.echo(kind(context.command, {}, "kernelwalk", COMPLETES).source())
            context.exit()

    params: list[click.Parameter] = [
        lang_option(say),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=version,
                     help=say(VERSION_HELP)),
        click.Option(["--completion"], metavar="SHELL", is_eager=True, expose_value=False,
                     callback=completion, help=say(COMPLETION_HELP)),
    ]  # fmt: skip
    table = {name: (made(name), about) for name, about in COMMANDS.items()}
    return Program(say, table, help=say(ABOUT), examples=EXAMPLES, params=params, callback=lambda lang: None)


def main(words: Sequence[str] | None = None) -> int:
    """Runs the words of a command line, and says with which number it ended."""
    told = sys.argv[1:] if words is None else words
    say = speech(language(told))
    return ran(program(say), told, say)
