"""Files as input: whatever a visitor drops becomes a matrix in the scene, or a picture that is kept."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.errors import MISTAKE
from app.files import numbers_in
from app.http.requests import while_wanted
from app.http.responses import json_answer
from app.models.files import FileInput
from app.models.matrices import MatrixQuestion
from app.models.requests import NoWords
from app.pictures.decoders import Decoded
from app.pictures.normalise import picture_id
from app.pictures.png import encode_png
from app.pictures.resize import Pixels
from app.routes.answers import Shared, root_of
from app.routes.errors import refuse
from app.routes.matrices import asked
from app.routes.pictures import FIRST_SIZE, RAW, keep, uploaded
from app.routes.routing import router, takes
from app.routes.told import posted, refusals
from app.state import State, speech
from core.matrices import Reading, SeveralReadings
from core.source import Source
from core.texts import Say, Text

PICTURE = Text("a picture of {rows} rows and {columns} columns")

routes = router("matrices")


@takes(
    routes,
    "/api/files",
    summary="A file as input",
    responses=posted(FileInput)
    | refusals(415, 429, 503, 507)
    | {MISTAKE: {"model": MatrixQuestion, "description": "No matrix, or one that may mean several things"}},
    openapi_extra={"requestBody": {"required": True, "content": RAW}},
)
async def posted_file(request: Request, _: Annotated[NoWords, Query()], shared: Shared) -> Response:
    """A file of numbers (NPY, CSV, TSV, text) as a matrix, or where it is a picture, as a picture that is kept."""
    with shared.uploads.place():
        return await taken(request, shared)


async def taken(request: Request, shared: State) -> Response:
    body = await uploaded(request, shared)
    say = speech(request)
    try:
        found = await while_wanted(request, shared.scenes.run(numbers_in, body, shared.settings))
    except SeveralReadings as question:
        return refuse(request, MISTAKE, asked(question, say))
    if isinstance(found, Reading):
        return json_answer(request, as_matrix(found, say))
    if found is None:
        picture = await while_wanted(request, shared.decoders.answer(body))
    else:
        picture = await while_wanted(request, shared.scenes.run(encoded, found))
    return json_answer(request, as_picture(await keep(shared, picture, root_of(request)), picture, say))


def as_matrix(found: Reading, say: Say) -> dict[str, Any]:
    notes = [say(note.template, **note.facts) for note in found.notes]
    return {
        "input": {"source": found.values},
        "line": Source(matrix=found.values).line,
        "shape": found.shape,
        "understood": {"sentence": found.said_in(say), "notes": notes},
        "image": None,
    }


def encoded(pixels: Pixels) -> Decoded:
    return Decoded(picture_id(pixels), np.ascontiguousarray(pixels), encode_png(pixels))


def as_picture(image: dict[str, Any], picture: Decoded, say: Say) -> dict[str, Any]:
    """A photograph begins at the size of the lab's own."""
    width, height = picture.size
    size = FIRST_SIZE if max(width, height) > FIRST_SIZE else None
    source = Source(name=f"image:{picture.id}", size=size)
    return {
        "input": source.as_json(),
        "line": source.line,
        "shape": picture.pixels.shape,
        "understood": {"sentence": say(PICTURE.template, rows=height, columns=width), "notes": []},
        "image": image,
    }
