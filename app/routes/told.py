"""What the description for programs says of answers: statuses, types and schemas, for FastAPI's `responses`."""

from __future__ import annotations

from typing import Any, TypeAlias

from app.http.responses import JSON
from app.models.errors import Problem
from app.wire.stream import EVENTS, JSON_LINES

Responses: TypeAlias = dict[int | str, dict[str, Any]]

REASONS = {
    400: "The query or the body cannot be read",
    404: "There is no such address, or no such picture on this server",
    408: "The body came too slowly",
    413: "The body is too large",
    415: "Not a picture of a known kind",
    422: "A word, a scene or a picture that cannot be as it is said",
    429: "Too much is waiting already: come back after Retry-After seconds",
    501: "The server lacks what this needs; its operator can install it",
    503: "The server cannot do this now: come back later",
    507: "There is no room left for pictures",
}
AWAY = 503  # a scene may name an upload, whose store may not answer
UNCHANGED: Responses = {304: {"description": "What you have is still so (If-None-Match)"}}
BINARY = {"schema": {"type": "string", "format": "binary"}}
LINE = {"$ref": "#/components/schemas/StreamLine"}


def refusals(*statuses: int) -> Responses:
    return {status: {"model": Problem, "description": REASONS[status]} for status in statuses}


def answers(model: Any, *refused: int) -> Responses:
    """JSON that may be kept."""
    return {200: {"model": model}, **UNCHANGED, **refusals(*refused, AWAY)}


def posted(model: Any, *refused: int) -> Responses:
    """JSON for a JSON body."""
    return {200: {"model": model}, **refusals(400, 404, 408, 413, 422, *refused, AWAY)}


def streams(*refused: int) -> Responses:
    """Lines, in either framing; each is a StreamLine."""
    lines = {"type": "string", "contentMediaType": JSON, "contentSchema": LINE}
    content = {
        JSON_LINES: {"schema": lines | {"description": "a StreamLine on each line"}},
        EVENTS: {
            "schema": lines | {"description": "a StreamLine in the data of each event; its id is the last step told"}
        },
    }
    return {200: {"content": content}, **refusals(*refused, AWAY)}
