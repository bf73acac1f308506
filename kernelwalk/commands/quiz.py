"""`kernelwalk quiz FIGURES -o FILE`: what /quiz.html answers, written to a file."""

from __future__ import annotations

from typing import Any

import click

from app.models.quiz import QuizFileQuery
from core.texts import Say, Text
from kernelwalk.commands.house import asked
from kernelwalk.commands.parts import options, output_option, place_of, said, scenes, write
from kernelwalk.commands.words import MISSING, MISUSED, Mistake, Spoken

HELP = Text(
    "Write questions about several figures, by their names joined by commas, as one HTML file, which asks and judges "
    "without a server."
)
EXAMPLES = (
    "kernelwalk quiz first-steps,stride-2,max-pool -o quiz.html --count 6",
    "kernelwalk quiz max-pool,avg-pool -o questions.html --ask winner,size --lang ko",
)
PATH = "/quiz.html"
FIGURES = "figures"  # stand as a word of their own


def command(say: Say) -> click.Command:
    named = [one for one in options((QuizFileQuery,), say) if one.name != FIGURES]
    figures = click.Argument([FIGURES], metavar="FIGURES", shell_complete=scenes)

    def run(figures: str, output: str | None, **given: Any) -> None:
        if output is None:
            raise Mistake(MISSING, MISUSED, name="-o")
        place_of(output, "html")
        write(output, asked(PATH, said({FIGURES: figures, **given}), say))

    return Spoken("quiz", say, say(HELP), EXAMPLES, params=[figures, output_option(say, None), *named], callback=run)
