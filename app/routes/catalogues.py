"""The tables of the product: kernels, operations, sample pictures, the scenes of the curriculum."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.models.answers import Figure, Kernel, KnownOperation, Sample
from app.models.requests import NoWords
from app.pictures import samples
from app.routes.answers import Shared, kept_json
from app.routes.routing import reads, router
from app.routes.told import answers
from app.state import speech

routes = router("catalogues")

THUMBNAIL = 64  # the longest side of a small picture

Plain = Annotated[NoWords, Query()]


async def kept_told(request: Request, rows: list[Any]) -> Response:
    """A table with its titles in every language."""
    return await kept_json(request, speech(request).told(rows))


@reads(routes, "/api/kernels", summary="Named kernels", responses=answers(list[Kernel], 400, 422))
async def kernels(request: Request, _: Plain) -> Response:
    """The named kernels: title, weights as drawn, divisor, source."""
    return await kept_told(request, core.known_kernels())


@reads(routes, "/api/operations", summary="Operations", responses=answers(list[KnownOperation], 400, 422))
async def operations(request: Request, _: Plain) -> Response:
    """The operations and their settings."""
    return await kept_told(request, core.known_operations())


@reads(routes, "/api/samples", summary="Sample pictures", responses=answers(list[Sample], 400, 422))
async def sample_pictures(request: Request, _: Plain, shared: Shared) -> Response:
    """The sample pictures."""
    rows = await shared.scenes.run(samples.catalogue)
    root = str(request.scope.get("root_path", ""))
    return await kept_told(request, [row | {"thumbnail": thumbnail(root, str(row["id"]))} for row in rows])


def thumbnail(root: str, sample: str) -> str:
    """The address of a small picture of a sample: what any layer on it is given."""
    return f"{root}/api/input?{urlencode({'scene': f'{sample} {THUMBNAIL} | flip', 'format': 'png'})}"


@reads(routes, "/api/gallery", summary="Scenes of the curriculum", responses=answers(list[Figure], 400, 422))
async def gallery(request: Request, _: Plain) -> Response:
    """The scenes of the curriculum."""
    names = ("id", "section", "title", "about", "line", "layer", "step", "views", "compare", "stops", "notes")
    rows = [{name: getattr(row, name) for name in names} for row in core.GALLERY.values()]
    return await kept_told(request, rows)
