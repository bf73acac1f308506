"""Answers whose text is work: done where the lanes say, packed there too, and sent no faster than it is read."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable

from starlette.requests import Request
from starlette.responses import Response

from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import NEVER, varying
from app.lanes import QUICK, weigh
from app.mappers import FROM
from app.state import State
from app.wire.sending import PIECE, StepStream
from app.works import Body, Work, Written, done


async def worked(request: Request, shared: State, told: Callable[[Scenes], Work]) -> Response:
    """The answer of the work that `told` tells, off the event loop, once it is known what is to be done."""

    def found() -> Written:
        return performed(shared.scenes, told(shared.scenes))

    return sent(request, await while_wanted(request, shared.scenes.run(found)), shared.settings.write_deadline)


def performed(scenes: Scenes, work: Work) -> Written:
    """In a child, where there are any and it takes long."""
    weigh(work.seconds)
    if scenes.mappers is None or work.seconds < FROM or QUICK.get():
        return done(work, scenes.budget.pause)
    return scenes.mappers.written(work, scenes.budget.pause)


def sent(request: Request, written: Written, deadline: float) -> Response:
    headers = {"Cache-Control": NEVER, "Vary": varying(request), **written.headers}
    if len(written.body) <= PIECE:
        return Response(bytes(written.body), 200, headers, written.media_type)
    pieces = in_pieces(written.body)
    return StepStream(pieces, written.media_type, headers, deadline, compressed=False, length=len(written.body))


async def in_pieces(body: Body) -> AsyncGenerator[bytes, None]:
    for first in range(0, len(body), PIECE):
        yield bytes(body[first : first + PIECE])
