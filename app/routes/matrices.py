"""Matrices that people write and paste: the core reads them, and says how, or asks which of its readings is meant."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.errors import MISTAKE, Problem, problem_of
from app.http.requests import while_wanted
from app.http.responses import json_answer
from app.models.matrices import MatrixBody, MatrixQuestion, MatrixReading
from app.models.requests import NoWords
from app.routes.answers import Shared
from app.routes.errors import refuse
from app.routes.routing import router, takes
from app.routes.told import posted
from app.state import speech
from core import matrices
from core.matrices import Reading, SeveralReadings
from core.texts import Say

routes = router("matrices")


@takes(
    routes,
    "/api/matrix",
    summary="Read a matrix",
    responses=posted(MatrixReading)
    | {MISTAKE: {"model": MatrixQuestion, "description": "No matrix, or one that may mean several things"}},
)
async def posted_matrix(
    request: Request, _: Annotated[NoWords, Query()], words: MatrixBody, shared: Shared
) -> Response:
    """The numbers in a text of any notation, with what was understood; a choice where it may mean several things."""
    say = speech(request)
    try:
        found = await while_wanted(request, shared.scenes.run(read, words))
    except SeveralReadings as question:
        return refuse(request, MISTAKE, asked(question, say))
    return json_answer(request, answer_of(found, say))


def read(words: MatrixBody) -> Reading:
    if words.cell:
        return matrices.read_cell(words.text, words.field)
    return matrices.read(words.text, words.field, words.commas, words.semicolons).rows


def answer_of(found: Reading, say: Say) -> dict[str, Any]:
    """A reading as answers have it."""
    notes = [say(note.template, **note.facts) for note in found.notes]
    return {
        "values": found.values,
        "shape": found.shape,
        "line": found.line,
        "understood": {"sentence": found.said_in(say), "notes": notes},
    }


def asked(question: SeveralReadings, say: Say) -> Problem:
    """A refusal with every reading."""
    return problem_of(question, say) | {"readings": [answer_of(reading.rows, say) for reading in question.readings]}
