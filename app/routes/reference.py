"""The API reference: the description for programs, as a page; nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.routes.rendering import page
from app.routes.routing import reads

routes = APIRouter(include_in_schema=False)


@reads(routes, "/docs")
async def reference(request: Request) -> Response:
    """Every call with its words."""
    return await page(request, "reference.html", {"calls": list(calls(request.app.openapi())), "theme": None})


def calls(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the reference page: a call with its words, whether they stand in the query or in a JSON body."""
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            words = [
                {"name": word["name"], "help": word.get("description", ""), **word["schema"]}
                for word in call.get("parameters", ())
            ]
            about = call["description"]
            yield {"id": call["operationId"], "method": method.upper(), "path": path, "about": about, "words": words}
