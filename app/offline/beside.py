"""Which scene a word of comparing means: the player finds it as `static/words/lines.js` says, and a file carries it."""

from __future__ import annotations

import re

import core
from app.evaluation import Scenes

BAR = " | "
LAYER = re.compile(r"(?:^|\s+)layer=(-?[0-9]{1,6})\s*\Z")
SETTINGS = re.compile(r"[a-z_]+=\S+(?:\s+[a-z_]+=\S+)*")


async def second_of(wish: str, scene: core.Scene, layer: int, scenes: Scenes) -> tuple[core.Scene, int]:
    """The scene beside another, and its layer.

    Refuses  what is no scene; a layer that it has not
    """
    line, place = beside_of(wish, scene.line, layer)
    found = await scenes.reading(line)
    return found, found.layer_index(core.place_of(line)[0] if place is None else place)


def beside_of(wish: str, line: str, layer: int) -> tuple[str, int | None]:
    """The line beside another: a line or @id as it is; settings or an operation are put into the layer that is walked.

    >>> beside_of("stride=2", "cat 64 | conv2d sobel-x stride=1 | relu", 0)
    ('cat 64 | conv2d sobel-x stride=2 | relu', 0)
    """
    told = LAYER.search(wish)
    text = LAYER.sub("", wish).strip()
    found = text if text.startswith("@") or "|" in text else changed(text, line, layer)
    if told:
        return found, int(told[1])
    layers = found.count("|")
    return found, min(layer, layers - 1) if layers else None


def changed(text: str, line: str, layer: int) -> str:
    parts = line.split(BAR)
    if not text or layer + 1 >= len(parts):
        return text or line
    settings = [word.partition("=")[0] for word in text.split()] if SETTINGS.fullmatch(text) else []
    kept = [word for word in parts[layer + 1].split(" ") if word.partition("=")[0] not in settings]
    parts[layer + 1] = " ".join([*kept, text]) if settings else text
    return BAR.join(parts)
