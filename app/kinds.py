"""The kinds of values that settings have: what each must be, in a sentence for operators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from app.http.hosts import entries
from app.places import place

DAY = 86_400.0
SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
RATE = re.compile(rf"[1-9][0-9]{{0,14}}/({'|'.join(SPANS)})")
MEMORY = re.compile(r"valkeys?://[^/\s]+(/[0-9]+)?|valkey\+unix://\S+")


def said(text: object) -> object:
    """A text with something in it."""
    if isinstance(text, str) and not text.strip():
        raise ValueError("must not be empty")
    return text.strip() if isinstance(text, str) else text


def mount(path: str) -> str:
    if path and (not path.startswith("/") or path.endswith("/")):
        raise ValueError("must begin with a slash and end without one, such as /kernelwalk")
    return path


def hosts(text: str) -> str:
    return ", ".join(entries(text))


def rate(text: str) -> str:
    if text and not RATE.fullmatch(text):
        raise ValueError("must be a number in a span of time, such as 600/minute: second, minute, hour or day")
    return text


def span_of(text: str) -> tuple[int, int]:
    """A rate as a number in so many seconds.

    >>> span_of("600/minute")
    (600, 60)
    """
    most, _, span = text.partition("/")
    return int(most), SPANS[span]


def memory(address: str) -> str:
    if address and not MEMORY.fullmatch(address):
        raise ValueError("must be the address of a Valkey, such as valkey://limits:6379/0")
    return address


def lower(text: object) -> object:
    return text.strip().lower() if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(said)]
Named = Annotated[str, AfterValidator(hosts)]
Mount = Annotated[str, BeforeValidator(str.strip), AfterValidator(mount)]
Rate = Annotated[str, BeforeValidator(lower), AfterValidator(rate)]
Memory = Annotated[str, BeforeValidator(str.strip), AfterValidator(memory)]
Place = Annotated[Path | str, BeforeValidator(place), BeforeValidator(said)]
Folder = Annotated[Path, BeforeValidator(said), AfterValidator(Path.expanduser)]
Level = Annotated[Literal["critical", "error", "warning", "info", "debug"], BeforeValidator(lower)]
LogFormat = Annotated[Literal["text", "json"], BeforeValidator(lower)]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(ge=0.1, le=DAY, allow_inf_nan=False)]
