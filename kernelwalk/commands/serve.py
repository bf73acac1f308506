"""`kernelwalk serve`: the server, its settings from options and KERNELWALK_ variables."""

from __future__ import annotations

import os
from pathlib import Path

import click

from app.__main__ import main
from app.pictures.store import LocalStore
from core.errors import SceneError
from core.texts import Say, Text
from kernelwalk.commands.words import Spoken, lang_option

HELP = Text(
    "Serve the lab, the gallery and the API. Every other setting is a KERNELWALK_ variable of the environment, "
    "and an option stands before its variable."
)
SETTINGS = {
    "host": Text("the address to listen on; 127.0.0.1 when not said, for this machine alone"),
    "port": Text("the port to listen on; 8000 when not said"),
    "store": Text("the folder of the uploads"),
    "workers": Text("how many processes serve"),
}
EXAMPLES = ("kernelwalk serve", "kernelwalk serve --host 0.0.0.0 --port 9000 --store /srv/pictures")


def command(say: Say) -> click.Command:
    params: list[click.Parameter] = [
        click.Option([f"--{name}"], metavar=name.upper(), help=say(about)) for name, about in SETTINGS.items()
    ]

    def run(lang: str | None, **given: str | None) -> int:
        told = {f"KERNELWALK_{name.upper()}": value for name, value in given.items() if value is not None}
        os.environ.update(told)  # where processes of the server read them too
        folder = given.get("store")
        if folder and "://" not in folder and not LocalStore(Path(folder).expanduser()).writable():
            raise SceneError("store", folder, "nothing can be kept there: choose a folder that you may write to")
        return main()

    return Spoken("serve", say, say(HELP), EXAMPLES, params=[*params, lang_option(say)], callback=run)
