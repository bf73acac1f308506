"""`kernelwalk train NAME --data FILE`: trains a network here, as `python -m tools.train` does."""

from __future__ import annotations

import click

from core.errors import SceneError, unknown
from core.texts import Say, Text
from kernelwalk.commands.words import MISSING, MISUSED, Mistake, Spoken, lang_option

HELP = Text("Train a network on digits with the project's own gradients, measure it, and write its weight set.")
OPTIONS = {
    "data": Text("the digits: an npz file, or the folder of the four IDX files"),
    "epochs": Text("rounds over the training digits, 1 to 1000"),
    "seed": Text("of the weights it begins with: the same seed, the same weights; 1 when not said"),
    "out": Text("the folder of the weight sets"),
}
NO_NAME = "NAME"
LARGEST = {"epochs": (1, 1000), "seed": (0, 2**32 - 1)}
EXAMPLES = ("kernelwalk train lenet-5 --data mnist.npz --out weights", "kernelwalk train mlp --data digits --epochs 3")


def command(say: Say) -> click.Command:
    name = click.Argument(["name"], required=False, metavar=NO_NAME)
    options = [click.Option([f"--{word}"], metavar=word.upper(), help=say(about)) for word, about in OPTIONS.items()]

    def run(name: str | None, lang: str | None, **given: str | None) -> int:
        from tools.train.__main__ import main
        from tools.train.recipes import RECIPES

        if name is None:
            raise Mistake(MISSING, MISUSED, name=NO_NAME)
        if name not in RECIPES:
            raise unknown("network", name, RECIPES)
        if given["data"] is None:
            raise Mistake(MISSING, MISUSED, name="--data")
        words = {word: value for word, value in given.items() if value is not None}
        for word, ends in LARGEST.items():
            check(word, words.get(word), *ends)
        return main([name, *(f"--{word}={value}" for word, value in words.items())], "kernelwalk train")

    return Spoken("train", say, say(HELP), EXAMPLES, params=[name, *options, lang_option(say)], callback=run)


def check(word: str, text: str | None, low: int, high: int) -> None:
    """Refuses  what is no whole number between two ends"""
    if text is None or (text.isascii() and text.isdigit() and low <= int(text) <= high):
        return
    raise SceneError(word, text, "must be a whole number from {low} to {high}", low=low, high=high)
