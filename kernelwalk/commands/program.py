"""The words of the command line, put together."""

from __future__ import annotations

import click

from app.__main__ import main as served


@click.group()
def program() -> None:
    """Walks a convolution kernel over a picture, step by step."""


@program.command()
def serve() -> None:
    """Serve the lab on http://127.0.0.1:8000"""
    raise SystemExit(served())


def main() -> int:
    program(prog_name="kernelwalk")
    return 0
