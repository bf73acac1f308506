"""Puts the rooms of the repository into the wheel, under the one name that it claims.

`core` and `app` are names that others use too. In the wheel they lie under `kernelwalk`, so every import of them says
`kernelwalk` before it; the folders of the repository stay as they are. Hatchling runs this when it builds.
"""

from __future__ import annotations

import ast
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "kernelwalk"
ROOMS = {"app": "app", "core": "core", "tools/train": "train", "static": "static", "templates": "templates",
         "locale": "locale"}  # fmt: skip  # where each lies, and where in the wheel
MODULES = {"app": f"{NAME}.app", "core": f"{NAME}.core", "tools.train": f"{NAME}.train"}
LEFT_OUT = ("__pycache__", ".pyc")


class Wheel(BuildHookInterface[Any]):
    """Rewrites into a folder of its own, which goes when the wheel is there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self.made = Path(tempfile.mkdtemp())
        root = Path(self.root)
        for file, place in files(root):
            made = self.made / place
            made.parent.mkdir(parents=True, exist_ok=True)
            content = file.read_bytes()
            made.write_bytes(renamed(content.decode()).encode() if file.suffix == ".py" else content)
            build_data["force_include"][str(made)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            shutil.rmtree(self.made)


def files(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that belongs into the wheel, and its place there."""
    for room, place in {**ROOMS, NAME: ""}.items():
        for file in sorted((root / room).rglob("*")):
            if file.is_file() and not file.as_posix().endswith(LEFT_OUT) and not is_hidden(file.relative_to(root)):
                yield file, Path(NAME, place, file.relative_to(root / room)).as_posix()


def is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def renamed(source: str) -> str:
    """The source of a module with the names that its imports have in the wheel."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and (name := inside(node.module)) != node.module:
            line = lines[node.lineno - 1]
            lines[node.lineno - 1] = line.replace(f"from {node.module} import", f"from {name} import", 1)
        elif isinstance(node, ast.Import) and any(inside(alias.name) != alias.name for alias in node.names):
            lines[node.lineno - 1] = imported(node, lines[node.lineno - 1])
    return "".join(lines)


def imported(node: ast.Import, line: str) -> str:
    """`import core` as the wheel says it; another form would bind another name there, and is refused."""
    alias, *others = node.names
    if others or "." in alias.name:
        raise ValueError(f"line {node.lineno}: only `import NAME` of one of ours can be renamed")
    return line.replace(f"import {alias.name}", f"from {NAME} import {alias.name}", 1)


def inside(module: str) -> str:
    """What a module is called in the wheel."""
    for name, place in MODULES.items():
        if module == name or module.startswith(f"{name}."):
            return place + module.removeprefix(name)
    return module
