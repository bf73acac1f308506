"""The networks, and the numbers that they were trained to."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.http.responses import JSON, answer
from app.models.networks import Network, Weights
from app.models.requests import NoWords, WeightsQuery
from app.routes.answers import kept, kept_json
from app.routes.arrays import RAW
from app.routes.catalogues import kept_told
from app.routes.routing import reads, router
from app.routes.told import BINARY, answers
from app.wire.arrays import npy

routes = router("catalogues")

NUMBERS = answers(Weights, 400, 422)
NUMBERS[200]["content"] = {JSON: {}, RAW: BINARY}


@reads(routes, "/api/networks", summary="Networks", responses=answers(list[Network], 400, 422))
async def networks(request: Request, _: Annotated[NoWords, Query()]) -> Response:
    """The networks: layers with shapes and counts, and how their weights came about."""
    return await kept_told(request, core.known_networks())


@reads(routes, "/api/weights", summary="Weights of a layer", responses=NUMBERS)
async def weights(request: Request, words: Annotated[WeightsQuery, Query()]) -> Response:
    """The numbers that a name such as lenet-5.c1 stands for."""
    found = core.weights_named(words.name.lower(), "name")

    async def packed() -> Response:
        return answer(request, b"".join(npy(found.weight, found.weight.dtype)[1]), RAW)

    if words.format == "npy":
        return await kept(request, ("npy", found.name), packed)
    told = {"weight": found.weight, "bias": found.bias, "links": found.links}
    arrays = {name: None if array is None else array.tolist() for name, array in told.items()}
    return await kept_json(request, {"name": found.name, "shape": list(found.weight.shape), **arrays})
