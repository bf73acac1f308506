"""Pictures that people upload: taken in, and given back as they are kept."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Query
from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import ABSENT
from app.http.requests import body_of, while_wanted
from app.http.responses import FOR_EVER, json_answer
from app.models.answers import Kept
from app.models.requests import NoWords
from app.pictures.decoders import Decoded
from app.pictures.resize import fitted
from app.routes.answers import Shared, kept, root_of
from app.routes.routing import reads, router, takes
from app.routes.told import BINARY, UNCHANGED, refusals
from app.state import State
from app.wire.sending import StepStream

CREATED = 201
FIRST_SIZE, SMALLEST_FILTERED = 64, 3  # a photograph begins this large; a 3 x 3 kernel needs that much without padding
PNG = "image/png"
RAW = {"application/octet-stream": BINARY}

PICTURE = {200: {"content": {PNG: BINARY}}, **UNCHANGED, **refusals(400, 404, 422, 503)}

routes = router("pictures")


@takes(
    routes,
    "/api/images",
    summary="Upload a picture",
    status_code=CREATED,
    responses={CREATED: {"model": Kept}, **refusals(400, 408, 413, 415, 422, 429, 503, 507)},
    openapi_extra={"requestBody": {"required": True, "content": RAW}},
)
async def posted_image(request: Request, _: Annotated[NoWords, Query()], shared: Shared) -> Response:
    """Keeps a picture, given as the raw body; the same picture gives the same id."""
    with shared.uploads.place():
        body = await uploaded(request, shared)
        found = await while_wanted(request, shared.decoders.answer(body))
    return json_answer(request, await keep(shared, found, root_of(request)), CREATED)


async def uploaded(request: Request, shared: State) -> bytes:
    """The bytes of a file, counted.

    Refuses  one file or its bytes beyond the rates of the settings (Busy)
    """
    await shared.rates.count("uploads")
    body = await body_of(request, shared.settings.max_upload_bytes, shared.settings.body_deadline)
    await shared.rates.count("bytes", len(body))
    return body


async def keep(shared: State, found: Decoded, root: str) -> dict[str, Any]:
    """Keeps a picture for good, then tells of it; not among the threads that compute, since a store may be slow."""
    await to_thread.run_sync(shared.store.put, found.id, found.png)
    shared.scenes.keep_pixels(found.id, found.pixels)
    thin = min(fitted(found.size, FIRST_SIZE)) < SMALLEST_FILTERED
    width, height = found.size
    return {
        "id": found.id,
        "width": width,
        "height": height,
        "channels": len(found.pixels),
        "url": f"{root}/api/images/{found.id}",
        "scene": f"image:{found.id} {FIRST_SIZE} | conv2d sobel-x{' padding=same' if thin else ''}",
    }


@reads(routes, "/api/images/{id}", summary="A kept picture", responses=PICTURE)
async def image(request: Request, id: str, _: Annotated[NoWords, Query()], shared: Shared) -> Response:  # noqa: A002
    """A picture as it is kept: upright, sRGB, PNG."""
    if "if-none-match" in request.headers and not await to_thread.run_sync(shared.store.has, id):
        raise HTTPException(ABSENT)

    async def make() -> Response:
        found = await to_thread.run_sync(shared.store.opened, id)
        if found is None:
            raise HTTPException(ABSENT)
        size, pieces = found
        deadline = shared.settings.write_deadline
        return StepStream(passed_on(pieces), PNG, {}, deadline, compressed=False, length=size)

    return await kept(request, (id,), make, FOR_EVER)


async def passed_on(pieces: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """A file as its store gives it: no picture needs to be in memory as a whole to be sent."""
    async for piece in iterate_in_threadpool(pieces):
        yield piece
