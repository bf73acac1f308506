"""The steps of a layer, streamed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.http.requests import while_wanted
from app.http.responses import accepts, takes
from app.models.requests import NoWords, StepsBody, StepsQuery
from app.routes import routing
from app.routes.answers import Shared, kept
from app.routes.told import UNCHANGED, streams
from app.state import State, speech
from app.wire import stream
from app.wire.pacing import Reader
from app.wire.sending import StepStream
from core.trace import Trace

Words = StepsQuery | StepsBody

NOTHING_MORE = 204  # tells a reader of events not to come back

routes = routing.router("steps")

READ = {**streams(400, 404, 422), **UNCHANGED, NOTHING_MORE: {"description": "To a reader of events: all is told"}}
POSTED = streams(400, 404, 408, 413, 422)


@routing.reads(routes, "/api/steps", summary="Walk a layer", responses=READ)
async def steps(request: Request, words: Annotated[StepsQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer: JSON Lines, or server-sent events when the client asks for them."""
    return await walk(request, words, shared)


@routing.takes(routes, "/api/steps", summary="Walk a layer, asked in JSON", responses=POSTED)
async def posted_steps(request: Request, _: Annotated[NoWords, Query()], words: StepsBody, shared: Shared) -> Response:
    """The same, asked in JSON."""
    return await walk(request, words, shared)


async def walk(request: Request, words: Words, shared: State) -> Response:
    found = await shared.scenes.reading(words.scene)
    media_type = stream.EVENTS if accepts(request.headers.get("accept", ""), stream.EVENTS) else stream.JSON_LINES
    parts = (media_type, found.line, words.layer, words.start, words.stop, words.every, words.detail)

    async def make() -> Response:
        trace, whole = await traced(request, words, shared, found)
        wanted = stream.range_of(trace, words.start, words.stop, words.detail, words.every)
        if wanted.detail == stream.ROWS:
            shared.scenes.check_map(found, trace.index)
        if media_type == stream.EVENTS and "last-event-id" in request.headers:
            wanted = stream.resumed(wanted, request.headers["last-event-id"])
            if not wanted.count:
                return Response(status_code=NOTHING_MORE)
        return streamed(request, trace, whole, wanted, media_type, shared)

    return await kept(request, parts, make)


async def traced(request: Request, words: Words, shared: State, found: core.Scene) -> tuple[Trace, bool]:
    """A trace that is known needs no change of threads; of one that takes long there is only the outline yet."""
    known = shared.scenes.known_trace(found, words.layer)
    if known is not None:
        return known, True
    return await while_wanted(request, shared.scenes.run(shared.scenes.begun, found, words.layer))


def streamed(
    request: Request, trace: Trace, whole: bool, wanted: stream.Range, media_type: str, shared: State
) -> Response:
    framing = stream.as_events if media_type == stream.EVENTS else stream.as_lines
    reader = Reader(shared.turns)
    lines = stream.lines(trace, wanted, shared.scenes, framing, speech(request), whole, reader)
    return StepStream(lines, media_type, {}, shared.settings.write_deadline, takes(request, "gzip"), reader=reader)
