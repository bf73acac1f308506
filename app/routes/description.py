"""The description for programs: FastAPI's, with the lines of the stream beside it, which no answer holds whole."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.models.lines import StreamLine
from app.routes.routing import described

ABOUT = (
    "Convolutions and their relatives, step by step. A scene is a line such as `cat 64 | conv2d sobel-x`, or JSON; "
    "every step of every layer can be asked for."
)
TAGS = [
    {"name": "scenes", "description": "What a scene says of itself"},
    {"name": "steps", "description": "The steps of a layer, streamed"},
    {"name": "arrays", "description": "Whole inputs and outputs"},
    {"name": "matrices", "description": "Matrices that people write, paste or have in files"},
    {"name": "questions", "description": "Questions about a layer, and what becomes of an answer"},
    {"name": "pictures", "description": "Pictures that people upload"},
    {"name": "figures", "description": "Figures as files"},
    {"name": "catalogues", "description": "The tables of the product"},
    {"name": "pages", "description": "Pages of the product, described for other sites"},
    {"name": "health", "description": "For proxies and whatever watches over the server"},
]


class DescribedApp(FastAPI):
    """An application that describes its streams as well, and is described when somebody asks."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            found = get_openapi(
                title=self.title,
                version=self.version,
                openapi_version=self.openapi_version,
                description=self.description,
                tags=self.openapi_tags,
                routes=list(described(self.routes)),
                separate_input_output_schemas=self.separate_input_output_schemas,
            )
            found["components"]["schemas"] = line_schemas() | found["components"]["schemas"]
            self.openapi_schema = found
        assert self.openapi_schema is not None
        return self.openapi_schema


def line_schemas() -> dict[str, Any]:
    _, found = models_json_schema([(StreamLine, "validation")], ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = found["$defs"]
    return schemas
