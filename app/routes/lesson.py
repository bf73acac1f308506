"""A lesson: figures one after another, as a page to present from and to frame."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import ABSENT
from app.messages import Speech
from app.models.pages import LessonWords
from app.routes.pages import stops_of, words_of
from app.routes.rendering import FOUND, page
from app.routes.routing import reads
from app.state import speech
from core.errors import nearest
from core.texts import Text

MOST_FIGURES = 60
OPENING, CLOSING = "[(", "])"

routes = APIRouter(include_in_schema=False)


@reads(routes, "/lesson")
async def lesson(request: Request) -> Response:
    """The figures that the address names, in its order; without any, the chapters to choose from."""
    words, _ = words_of(request, LessonWords)
    speaking = speech(request)
    asked = parted(words.figures)[:MOST_FIGURES]
    found = [(name, figure_at(name, speaking)) for name in asked]
    figures = [figure for _, figure in found if figure]
    missing = [absent(name) for name, figure in found if figure is None]
    chapters = {title: ids(section) for section, title in core.SECTIONS.items()}
    place = max(0, min(words.at or 0, len(figures) - 1))
    facts = {"theme": words.theme, "figures": figures, "missing": missing, "chapters": chapters, "place": place}
    return await page(request, "lesson.html", facts, ABSENT if asked and not figures else FOUND)


def parted(text: str) -> list[str]:
    """Names and scene lines at the commas between them: those inside brackets belong to a line.

    >>> parted("first-steps, [[1,2],[3,4]] | conv2d box-3 padding=(1,1),sobel")
    ['first-steps', '[[1,2],[3,4]] | conv2d box-3 padding=(1,1)', 'sobel']
    """
    parts, depth = [""], 0
    for sign in text:
        depth = max(0, depth + (sign in OPENING) - (sign in CLOSING))
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def ids(section: str) -> str:
    """A chapter as a playlist."""
    return ",".join(row.id for row in core.GALLERY.values() if row.section == section)


def figure_at(name: str, speaking: Speech) -> dict[str, Any] | None:
    """What the page shows of a figure or of a scene line; a line that cannot be read is told where it would stand."""
    if "|" in name:
        return {"scene": name, "layer": 0, "step": 0, "words": {}, "title": name, "about": "", "id": ""}
    row = core.figure_of("@" + name.removeprefix("@"))
    if row is None:
        return None
    return {
        "scene": f"@{row.id}", "layer": row.layer, "step": row.step,
        "words": {"stops": stops_of(row, speaking), "compare": row.compare, "view": row.views},
        "title": speaking(row.title), "about": speaking(row.about), "id": row.id,
    }  # fmt: skip


def absent(name: str) -> Text:
    near, _ = nearest(name.removeprefix("@"), list(core.GALLERY))
    return Text("There is no figure “{name}”. The nearest names: {near}.", name=name[:60], near=", ".join(near))
