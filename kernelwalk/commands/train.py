"""`kernelwalk train NAME --data FILE`: trains a network here, as `python -m tools.train` does."""

from __future__ import annotations

import click

from core.texts import Say, Text
from kernelwalk.commands.words import Spoken

HELP = Text("Train a network on digits with the project's own gradients, measure it, and write its weight set.")
EXAMPLES = ("kernelwalk train --help", "kernelwalk train lenet-5 --data mnist.npz --out weights")


def command(say: Say) -> click.Command:
    words = click.Argument(["words"], nargs=-1, type=click.UNPROCESSED)

    def run(words: tuple[str, ...]) -> int:
        from tools.train.__main__ import main

        return main(list(words), "kernelwalk train")

    settings = {"ignore_unknown_options": True, "help_option_names": []}
    return Spoken("train", say, say(HELP), EXAMPLES, params=[words], callback=run, context_settings=settings)
