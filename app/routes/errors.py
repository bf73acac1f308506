"""Every refusal becomes {"detail": sentence} with a 4xx, in the language of the request; nothing is echoed in full."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Refusal
from app.http.responses import NEVER, json_answer
from app.pictures.store import StoreError
from app.state import speech
from core.errors import SceneError
from core.texts import Say

log = logging.getLogger("kernelwalk")

MISTAKE = 422
REFUSALS = (SceneError, StoreError, Refusal)
SENTENCES = {
    404: "there is nothing at this address",
    405: "this address does not take {method}",
}
OTHER = "the request was refused"
NOT_VALID = "the request is not valid"
FAILED = "the server failed; the request was not at fault"


def refuse(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    given = json_answer(request, {"detail": detail}, status, NEVER)
    given.headers.update(headers or {})
    return given


def refusal_of(error: Exception, say: Say) -> tuple[int, str]:
    """The status and the sentence of anything in REFUSALS."""
    if isinstance(error, SceneError):
        return MISTAKE, error.detail(say)
    if isinstance(error, StoreError):
        return error.status, say(error.rule)
    assert isinstance(error, Refusal)
    return error.status, error.detail(say)


async def refused(request: Request, error: Exception) -> Response:
    return refuse(request, *refusal_of(error, speech(request)))


async def framework_refused(request: Request, error: Exception) -> Response:
    """What FastAPI and Starlette refuse by themselves."""
    assert isinstance(error, HTTPException)
    sentence = speech(request)(SENTENCES.get(error.status_code, OTHER), method=request.method)
    return refuse(request, error.status_code, sentence, dict(error.headers or {}))


async def invalid(request: Request, _: Exception) -> Response:
    """Says neither `input` nor `ctx`: they may hold what JSON cannot."""
    return refuse(request, MISTAKE, speech(request)(NOT_VALID))


async def failed(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return refuse(request, 500, FAILED)


def register(app: FastAPI) -> None:
    for kind in REFUSALS:
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(HTTPException, framework_refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, failed)
