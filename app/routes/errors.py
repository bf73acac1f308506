"""Every refusal becomes the same few words with a 4xx, in the language of the request (app/models/errors.py)."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from app import metrics
from app.errors import ABSENT, BAD, BROKEN, MISTAKE, SLOW, Problem, Refusal, problem_of
from app.http.headers import own_path
from app.http.responses import accepts, json_answer
from app.models.pages import PageWords
from app.routes.rendering import page
from app.state import speech
from core.errors import SceneError, unknown

log = logging.getLogger("kernelwalk")

FAILED = "the server failed; the request was not at fault"
NOT_TAKEN = 405
OTHER = "the request was refused"
FOR_PROGRAMS = ("/api/", "/static/", "/oembed", "/render.", "/healthz", "/readyz", "/metrics", "/openapi.json")
EXAMPLE = '{"scene": "cat 64 | sobel"}'

# What pydantic finds wrong, in our words.
RULES = {
    "greater_than_equal": "must be at least {minimum}",
    "greater_than": "must be more than {minimum}",
    "less_than_equal": "must be at most {maximum}",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number, not NaN or infinity",
    "string_type": "must be text",
    "string_too_long": "is longer than {most} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "model_attributes_type": "must be an object, such as {example}",
    "missing": "must be given",
}


def refuse(request: Request, status: int, told: Problem, headers: Mapping[str, str] | None = None) -> Response:
    given = json_answer(request, told, status)
    given.headers.update(headers or {})
    return given


async def turn_away(request: Request, status: int, told: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A page for a person who followed a link, JSON for a program."""
    if status >= BROKEN or not wants_page(request):
        return refuse(request, status, told, headers)
    theme = PageWords.model_validate(dict(request.query_params)).theme
    given = await page(request, "error.html", {"problem": told, "status": status, "theme": theme}, status)
    given.headers.update(headers or {})
    return given


def wants_page(request: Request) -> bool:
    path = own_path(request.scope)
    return not path.startswith(FOR_PROGRAMS) and accepts(request.headers.get("accept", ""), "text/html")


def status_of(error: SceneError | Refusal) -> int:
    return error.status if isinstance(error, Refusal) else MISTAKE


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SceneError | Refusal)
    status = status_of(error)
    metrics.refused(status, error.rule)
    # What else of a slow body is on its way would be taken for the next request.
    headers = {"Connection": "close"} if status == SLOW else {}
    if isinstance(error, Refusal) and error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    return await turn_away(request, status, problem_of(error, speech(request)), headers)


async def framework_refused(request: Request, error: Exception) -> Response:
    """What FastAPI and Starlette refuse by themselves."""
    assert isinstance(error, HTTPException)
    refusal = framework_refusal(request, error.status_code)
    metrics.refused(error.status_code, refusal.rule)
    told = problem_of(refusal, speech(request))
    headers = {"Allow": ", ".join(taken(request))} if error.status_code == NOT_TAKEN else error.headers
    return await turn_away(request, error.status_code, told, headers)


def taken(request: Request) -> list[str]:
    """The methods of all routes at this address: the framework names those of the first alone."""
    here = (route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in here for method in getattr(route, "methods", None) or ()})


def framework_refusal(request: Request, status: int) -> Refusal:
    if status == ABSENT:
        return Refusal(status, "there is nothing at this address", field="address", value=quote(request.url.path))
    if status == NOT_TAKEN:
        method = request.method
        return Refusal(status, "this address does not take {method}", field="method", value=method, method=method)
    return Refusal(status, OTHER)


async def invalid(request: Request, error: Exception) -> Response:
    """The first of the words that do not fit their model."""
    assert isinstance(error, RequestValidationError)
    return await refused(request, mistake(error.errors()[0]))


def mistake(found: Mapping[str, Any]) -> SceneError | Refusal:
    """What pydantic found, as the refusal of a word."""
    facts = found.get("ctx", {})
    if isinstance(facts.get("error"), SceneError | Refusal):
        return facts["error"]  # type: ignore[no-any-return]
    words = [str(part) for part in found["loc"][1:]]
    if not words:
        return Refusal(BAD, "the body must be a JSON object, such as {example}", field="body", example=EXAMPLE)
    field, kind = words[-1], str(found["type"])
    value = "" if kind == "missing" else found.get("input")
    if kind == "literal_error":
        return unknown(field, str(value), re.findall(r"'([^']*)'", str(facts["expected"])))
    told = {
        "minimum": limit(facts.get("ge", facts.get("gt"))),
        "maximum": limit(facts.get("le")),
        "most": facts.get("max_length"),
        "pattern": facts.get("pattern"),
        "example": EXAMPLE,
    }
    return SceneError(field, value, RULES.get(kind, OTHER), **told)


def limit(end: Any) -> Any:
    """50.0 is 50.

    >>> limit(50.0), limit(0.1), limit(None)
    (50, 0.1, None)
    """
    return int(end) if isinstance(end, float) and end.is_integer() else end


async def failed(request: Request, error: Exception) -> Response:
    route = getattr(request.scope.get("route"), "path", "")  # an address may name somebody's picture
    log.error("%s %s failed", request.method, route, exc_info=error)
    return refuse(request, BROKEN, problem_of(Refusal(BROKEN, FAILED, field="server"), speech(request)))


def register(app: FastAPI) -> None:
    for kind in (SceneError, Refusal):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(HTTPException, framework_refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, failed)
