"""The API reference: the description for programs, and the same as a page; nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.http.responses import json_answer
from app.routes.answers import root_of
from app.routes.rendering import page
from app.routes.routing import reads

Schema: TypeAlias = dict[str, Any]
Part: TypeAlias = tuple[str, bool]  # a piece of a type's spelling, and whether it names a schema of the page

routes = APIRouter(include_in_schema=False)


@reads(routes, "/openapi.json")
async def description(request: Request) -> Response:
    """The description, with the path under which a proxy mounts the server."""
    root = root_of(request)
    servers = {"servers": [{"url": root}]} if root else {}
    return json_answer(request, await described_once(request) | servers)


@reads(routes, "/docs")
async def reference(request: Request) -> Response:
    """Every call with its words and answers, and the shapes of what travels."""
    return await page(request, "reference.html", {**contents(await described_once(request)), "theme": None})


async def described_once(request: Request) -> Schema:
    """In a thread: it takes a second, in which others are served."""
    found: Schema = await to_thread.run_sync(request.app.openapi)
    return found


def contents(description: Schema) -> dict[str, Any]:
    """What stands on the page: groups of calls, then shapes."""
    found = list(calls(description))
    groups = [
        {"about": tag["description"], "calls": [call for call in found if call["tag"] == tag["name"]]}
        for tag in description["tags"]
    ]
    return {"groups": groups, "shapes": list(shapes(description["components"]["schemas"]))}


def texts(described: dict[str, Any]) -> Iterator[str]:
    """Every sentence of the page that comes from the description."""
    for group in described["groups"]:
        yield group["about"]
        for call in group["calls"]:
            yield call["about"]
            yield from (word["help"] for word in call["words"])
            yield from (answer["about"] for answer in call["answers"])
    for shape in described["shapes"]:
        yield shape["about"]
        yield from (field["help"] for field in shape["fields"])


def calls(description: Schema) -> Iterator[dict[str, Any]]:
    for path, methods in description["paths"].items():
        for method, call in methods.items():
            body = call.get("requestBody", {}).get("content", {})
            yield {
                "id": call["operationId"],
                "tag": call["tags"][0],
                "method": method.upper(),
                "path": path,
                "about": call["description"],
                "words": [
                    field(word["name"], said(word["schema"]), word["required"], word.get("description", ""))
                    for word in sorted(call.get("parameters", ()), key=lambda word: word["name"] == "lang")
                ],
                "body": [(kind, spelled(content["schema"])) for kind, content in body.items()],
                "answers": list(answers(call["responses"])),
            }


def said(schema: Schema) -> Schema:
    """The type of a word that stands in an address, where null cannot be said."""
    return next((choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}), schema)


def answers(responses: Schema) -> Iterator[dict[str, Any]]:
    for status, answer in sorted(responses.items()):
        kinds = [(kind, spelled(content["schema"])) for kind, content in answer.get("content", {}).items()]
        yield {"status": status, "about": answer["description"], "kinds": kinds}


def shapes(schemas: Schema) -> Iterator[dict[str, Any]]:
    for name, schema in schemas.items():
        required = schema.get("required", ())
        fields = [
            field(key, value, key in required, value.get("description", ""))
            for key, value in schema.get("properties", {}).items()
        ]
        whole = [] if fields else spelled(schema)
        yield {"name": name, "about": schema.get("description", ""), "fields": fields, "type": whole}


def field(name: str, schema: Schema, required: bool, about: str) -> dict[str, Any]:
    default = schema.get("default")
    return {
        "name": name, "type": spelled(schema), "required": required, "help": about,
        "default": "" if default is None else str(default).lower(), "choices": schema.get("enum", []),
    }  # fmt: skip


def spelled(schema: Schema) -> list[Part]:
    """How a type is written on the page.

    >>> spelled({"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Layer"}}, {"type": "null"}]})
    [('Layer', True), ('[]', False), (' | ', False), ('null', False)]
    """
    if "$ref" in schema:
        return [(schema["$ref"].rpartition("/")[2], True)]
    if "contentSchema" in schema:
        return [*spelled(schema["contentSchema"]), (" ...", False)]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return joined([spelled(choice) for choice in choices], " | ")
    if "const" in schema:
        return [(str(schema["const"]), False)]
    if "prefixItems" in schema:
        return [("[", False), *joined([spelled(item) for item in schema["prefixItems"]], ", "), ("]", False)]
    if schema.get("type") == "array":
        return several(spelled(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), dict):
        return [("{...: ", False), *spelled(schema["additionalProperties"]), ("}", False)]
    return [(schema.get("format") or schema.get("type", "any"), False)]


def several(item: list[Part]) -> list[Part]:
    return [*item, ("[]", False)] if (" | ", False) not in item else [("(", False), *item, (")[]", False)]


def joined(pieces: list[list[Part]], between: str) -> list[Part]:
    return [part for place, piece in enumerate(pieces) for part in [*([(between, False)] if place else []), *piece]]
