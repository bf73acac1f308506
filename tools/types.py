"""Writes static/types.d.ts from the description of the API: `python -m tools.types`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, TypeAlias

from app.main import create_app

FILE = Path(__file__).resolve().parent.parent / "static" / "types.d.ts"
HEAD = """/**
 * Shapes of what travels between server and browser: the same words as in Python.
 *
 * Written by `python -m tools.types` from the models in app/models/; change those, not this file.
 */
"""
PARENTHESES = re.compile(r"\([^()]*\)")
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

Schema: TypeAlias = dict[str, Any]


def declarations() -> str:
    """The whole file, as it should stand in static/."""
    schemas: dict[str, Schema] = create_app().openapi()["components"]["schemas"]
    return "\n".join([HEAD, *(declared(name, schema) for name, schema in sorted(schemas.items()))])


def declared(name: str, schema: Schema) -> str:
    about = comment(schema.get("description", ""), "")
    if schema.get("type") != "object" or "properties" not in schema:
        return f"{about}type {name} = {spelled(schema)};\n"
    fields = [
        f"{comment(field.get('description', ''), '  ')}  {key}{'' if key in schema.get('required', ()) else '?'}: "
        f"{spelled(field)};\n"
        for key, field in schema.get("properties", {}).items()
    ]
    if schema.get("additionalProperties") is True:
        fields.append("  [other: string]: unknown;\n")
    return f"{about}interface {name} {{\n{''.join(fields)}}}\n"


def comment(text: str, indent: str) -> str:
    return f"{indent}/** {text} */\n" if text else ""


def spelled(schema: Schema) -> str:
    """A type as TypeScript writes it.

    >>> spelled({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}})
    '(number | null)[]'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(dict.fromkeys(map(spelled, choices)))
    if "prefixItems" in schema:
        return f"[{', '.join(map(spelled, schema['prefixItems']))}]"
    if schema.get("type") == "array":
        return several(spelled(schema.get("items", {})))
    if schema.get("type") == "object":
        return mapping(schema.get("additionalProperties"))
    return PLAIN.get(schema.get("type", ""), "unknown")


def several(item: str) -> str:
    return f"({item})[]" if " | " in PARENTHESES.sub("", item) else f"{item}[]"


def mapping(values: Any) -> str:
    return f"Record<string, {spelled(values) if isinstance(values, dict) else 'unknown'}>"


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name} written\n")
