"""How the command line speaks: the language of a person, help in it, and each mistake as one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from core.errors import SceneError, unknown
from core.texts import Say, Text, in_english
from kernelwalk.tongue import system_language

LANG, LINE = "--lang", "LINE"
MISTAKEN, MISUSED, INTERRUPTED = 1, 2, 130

ENGLISH = ("en", "c", "posix")

OPTIONS, COMMANDS, USAGE, EXAMPLES = Text("Options"), Text("Commands"), Text("Usage:"), Text("Examples:")
SHOWS_HELP = Text("show this help")
LANGUAGE = Text("language of the words, such as en or ko; that of the system when not said")
NO_OPTION = Text("there is no option {name}")
NEAR_OPTION = Text("there is no option {name}: did you mean {nearest}?")
NEEDS_VALUE = Text("{name} needs a value")
MISSING = Text("{name} must be given")
EXTRA = Text("{words} is more than is taken here: a scene line stands in quotes, such as {example}")
MORE = Text("{words} is more than is taken here")
TRY = Text("{command} tells how it is used.")
EXAMPLE = '"cat 64 | sobel-x"'


class Mistake(Exception):
    """What a person did wrong, as one sentence; facts are put in by name."""

    def __init__(self, rule: str, code: int = MISTAKEN, **facts: object) -> None:
        super().__init__(rule)
        self.rule, self.code, self.facts = rule, code, facts


class Told(Exception):
    """Sentences that are in the person's language already."""


MISTAKES = (SceneError, Told, Mistake, OSError)


class Spoken(click.Command):
    """A command whose help and refusals are in a language."""

    def __init__(self, name: str, say: Say, help: str, examples: Sequence[str] = (), **more: Any) -> None:  # noqa: A002
        self.say, self.examples = say, examples
        settings = {"help_option_names": ["-h", "--help"]}
        super().__init__(name, help=help, context_settings=settings, **more)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = self.say(SHOWS_HELP)
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{self.say(USAGE)} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        rows = [row for one in options if (row := one.get_help_record(ctx)) is not None]
        with formatter.section(self.say(OPTIONS).rstrip(":")):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            formatter.write(f"\n{self.say(EXAMPLES)}\n")
            for line in self.examples:
                formatter.write(f"  {line}\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Words that are too many get a sentence of ours."""
        if isinstance(self, click.Group):
            return super().parse_args(ctx, args)
        takes = ctx.allow_extra_args
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not takes and not ctx.resilient_parsing:
            is_line = any(one.metavar == LINE for one in self.params)
            raise Mistake(EXTRA if is_line else MORE, MISUSED, words=" ".join(rest), example=EXAMPLE)
        return rest


class Program(Spoken, click.Group):
    """The commands, each made when it is asked for."""

    def __init__(self, say: Say, table: Mapping[str, tuple[Callable[[Say], click.Command], str]], **more: Any) -> None:
        self.table = table
        super().__init__("kernelwalk", say, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.table[cmd_name][0](self.say) if cmd_name in self.table else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.table and not ctx.resilient_parsing:
            raise unknown("command", args[0], self.table)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(self.say(COMMANDS)):
            formatter.write_dl([(name, self.say(about)) for name, (_, about) in self.table.items()])
        super().format_options(ctx, formatter)


def lang_option(say: Say) -> click.Option:
    def check(context: click.Context, parameter: click.Parameter, lang: str | None) -> str | None:
        """Refuses  a language that nothing is written in"""
        if lang is not None and not context.resilient_parsing and spoken(lang) not in ENGLISH:
            from app.messages import Messages

            languages = Messages().languages
            if spoken(lang) not in languages:
                raise unknown("lang", lang, languages)
        return lang

    return click.Option([LANG], metavar="LANG", help=say(LANGUAGE), is_eager=True, callback=check)


def language(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """What is asked for, before the language of the system: help is in it as well.

    >>> language(["render", "--lang", "ko"]), language(["--lang=ko"]), language([], {"LANG": "ko_KR.UTF-8"})
    ('ko', 'ko', 'ko')
    """
    asked = [after(words, place) for place, word in enumerate(words) if word.split("=")[0] == LANG]
    code = next(filter(None, asked), system_language(environment))
    return spoken(code) or "en"


def spoken(code: str) -> str:
    """The language of what a person or a system calls one: `ko` of `ko_KR.UTF-8`."""
    return code.replace("_", "-").split("-")[0].split(".")[0].lower()


def after(words: Sequence[str], place: int) -> str:
    return words[place].partition("=")[2] if "=" in words[place] else next(iter(words[place + 1 : place + 2]), "")


def speech(code: str) -> Say:
    """English is at hand; other languages are read when they are asked for, and where there is none it is English."""
    if code in ENGLISH:
        return in_english
    from app.messages import Messages

    languages = Messages().languages
    return languages.get(code, languages["en"])


def ran(program: click.Command, words: Sequence[str], say: Say) -> int:
    """Runs the command; every mistake is one sentence on standard error and a number."""
    try:
        return int(program.main(list(words), prog_name="kernelwalk", standalone_mode=False) or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MISTAKEN
    except click.exceptions.NoArgsIsHelpError as help_instead:
        click.echo(help_instead.format_message(), err=True)
        return MISUSED
    except click.UsageError as error:
        return complain(misused(error, say), MISUSED, say, error.ctx)
    except MISTAKES as error:
        return complain_of(error, say)


def complain_of(error: Exception, say: Say) -> int:
    """Tells what a person did wrong, or what the system says no to."""
    if isinstance(error, SceneError):
        return complain(error.detail(say), MISUSED if error.field == "command" else MISTAKEN, say)
    if isinstance(error, Mistake):
        return complain(say(error.rule, **error.facts), error.code, say)
    if isinstance(error, Told):
        return max(complain(sentence, MISTAKEN, say) for sentence in error.args)
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        return complain(f"{named}{error.strerror or error}", MISTAKEN, say)
    return complain(str(error), MISTAKEN, say)


def complain(sentence: str, code: int, say: Say, context: click.Context | None = None) -> int:
    click.echo(f"kernelwalk: {sentence}", err=True)
    if code == MISUSED and context is not None:
        click.echo(say(TRY, command=f"{context.command_path} --help"), err=True)
    return code


def misused(error: click.UsageError, say: Say) -> str:
    """What click found wrong, in our words."""
    if isinstance(error, click.NoSuchOption):
        near = list(error.possibilities or ())[:1]
        return say(NEAR_OPTION if near else NO_OPTION, name=error.option_name, nearest="".join(near))
    if isinstance(error, click.BadOptionUsage):
        return say(NEEDS_VALUE, name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say(MISSING, name=spelling(error.param))
    return error.format_message()


def spelling(parameter: click.Parameter) -> str:
    """As a person types it: `-o`, `LINE`."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.make_metavar(click.Context(click.Command("")))
