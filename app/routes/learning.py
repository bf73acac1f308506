"""How networks learnt, and what excites their units: written down by training, told as it stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.models.learning import Exciting, Learning
from app.models.requests import ExcitingQuery, LearningQuery
from app.routes.answers import kept_json
from app.routes.routing import reads, router
from app.routes.told import answers
from core.training import records

routes = router("catalogues")


@reads(routes, "/api/learning", summary="How a network learnt", responses=answers(Learning, 400, 422))
async def learning(request: Request, words: Annotated[LearningQuery, Query()]) -> Response:
    """Loss, accuracy and the first layer's kernels before training and after each epoch."""
    return await kept_json(request, records.learning(words.network))


@reads(routes, "/api/exciting", summary="What excites a unit", responses=answers(Exciting, 400, 422))
async def exciting(request: Request, words: Annotated[ExcitingQuery, Query()]) -> Response:
    """The nine windows of test digits that a unit answers to most."""
    return await kept_json(request, records.exciting(words.network, words.layer, words.unit))
