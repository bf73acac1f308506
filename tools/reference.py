"""Writes the tables of the documents from those of the program: operations, kernels, scenes, settings of the server."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from app.messages import Messages
from app.settings import table
from core import GALLERY, KERNELS, known_operations
from core.matrices import spell_matrix

KOREAN = Messages().languages["ko"]
DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "operations.md"
OPERATING = DOCS / "operating.md"
SETTINGS = re.compile("(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.S)
HEAD = """# Operations, kernels and named scenes

<!-- Written by `python -m tools.reference` from the tables in core/; change those, not this page. -->

How a scene is put together from these is told in [scene-language.md](scene-language.md).
"""


def page() -> str:
    """The whole page, as it should stand in docs/."""
    return "\n".join(
        [HEAD, *operation_parts(), "", "## Kernels", "", *kernel_rows(), "", "## Named scenes", "", *scene_rows(), ""]
    )


def operation_parts() -> list[str]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for operation in known_operations():
        groups.setdefault(operation["group"], []).append(operation)
    return [
        line
        for group, operations in groups.items()
        for line in [f"## {group.capitalize()}", "", *(line for operation in operations for line in part(operation))]
    ]


def part(operation: dict[str, Any]) -> list[str]:
    head = [
        f"### `{operation['name']}`: {in_both(operation['title'])}",
        "",
        f"{operation['summary']} · {operation['kind']}",
        "",
    ]
    if not operation["parameters"]:
        return head
    rows = [setting(parameter) for parameter in operation["parameters"]]
    return [*head, "| setting | kind | default | what it is |", "|---|---|---|---|", *rows, ""]


def in_both(title: str) -> str:
    return f"{title} ({KOREAN(title)})"


def setting(parameter: dict[str, Any]) -> str:
    kind = ", ".join(parameter["choices"]) or parameter["kind"]
    default = "required" if parameter["required"] else f"`{told(parameter['default'])}`"
    return f"| `{parameter['name']}` | {kind} | {default} | {parameter['help']} |"


def told(value: Any) -> str:
    """A default as the scene line would spell it."""
    if isinstance(value, list) and len(set(map(str, value))) == 1:
        return told(value[0])
    return "none" if value is None else value if isinstance(value, str) else json.dumps(value)


def kernel_rows() -> list[str]:
    head = ["| name | title | weights | divisor | source |", "|---|---|---|---|---|"]
    return head + [
        f"| `{kernel.name}` | {in_both(kernel.title)} | `{spell_matrix(kernel.weight)}` "
        f"| {kernel.divisor} | {kernel.source} |"
        for kernel in KERNELS.values()
    ]


def scene_rows() -> list[str]:
    head = ["| name | title | line |", "|---|---|---|"]
    return head + [
        f"| `@{row.id}` | {in_both(row.title)} | `{row.line.replace('|', chr(92) + '|')}` |" for row in GALLERY.values()
    ]


def operating() -> str:
    """docs/operating.md with the table of settings as the server reads them."""
    return SETTINGS.sub(lambda _: table().strip() + "\n", OPERATING.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    OPERATING.write_text(operating(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} and {OPERATING.name} written\n")
