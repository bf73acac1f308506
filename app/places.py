"""Where things are kept: folders of the user, or a bucket."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path

BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9][A-Za-z0-9._-]*)*/?")


def default_store() -> Path:
    """The user's own data folder, so that a server keeps its pictures whatever folder it is started in."""
    return own_folder("XDG_DATA_HOME", ".local", "share") / "pictures"


def default_prepared() -> Path:
    """The user's own folder of things that can be made again."""
    return own_folder("XDG_CACHE_HOME", ".cache")


def own_folder(variable: str, *place: str) -> Path:
    return Path(os.environ.get(variable) or Path(os.environ.get("HOME") or Path.home(), *place), "kernelwalk")


def place(text: object) -> object:
    """A folder, or the address of a bucket as it is."""
    if not isinstance(text, str) or "://" not in text:
        return Path(text).expanduser() if isinstance(text, str) else text
    if not BUCKET.fullmatch(text):
        raise ValueError("must be a folder, or a bucket such as s3://pictures or s3://pictures/kernelwalk")
    if find_spec("obstore") is None:
        raise ValueError("needs obstore, which is not installed: pip install kernelwalk[s3]")
    return text
