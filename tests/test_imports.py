"""What may import what: one way in the core, one way in the browser, and no circles."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.repository import functions, texts, trees
from tests.running import ROOT

# What core imports, lowest first: a module may import those before it, and modules of its own folder.
ORDER = (
    {"hints"},
    {"texts"},
    {"errors"},
    {"integers", "arguments", "limits"},
    {"geometry", "reach", "costs"},
    {"coverage"},
    {"matrices"},
    {"values"},
    {"kernels"},
    {"rules"},
    {"snippets"},
    {"networks", "columns"},
    {"parameters"},
    {"vocabulary"},
    {"bands"},
    {"algorithms"},
    {"functional"},
    {"training"},
    {"operations"},
    {"literals", "known"},
    {"respelling"},
    {"chain"},
    {"drawn"},
    {"source"},
    {"mending"},
    {"scene"},
    {"network", "gallery", "descent"},
    {"trace", "programs", "places", "fields", "sizes", "moved"},
    {"anatomy"},
    {"rows"},
    {"relations", "backward"},
    {"telling"},
    {"questions"},
    {"__init__"},
)
# The same for the browser: a module may import from the folders before its own, and from its own.
BROWSER_ORDER = (
    {"words"},
    {"page", "drawing", "wire"},
    {"painters", "player", "questions"},
    {"stage"},
    {"views"},
    {"element"},
    {"kernel-walk"},
    {"sharing"},
    {"lab", "gallery", "lesson", "offline"},
)


def test_core_imports_run_one_way() -> None:
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in core_imports()
        if part(importer) != part(imported) and level(imported) >= level(importer)
    ]
    assert wrong == []


def test_modules_never_import_each_other_in_a_circle() -> None:
    edges: dict[str, set[str]] = {}
    for name, tree in trees("core/", "app/", "kernelwalk/"):
        edges.setdefault(name, set()).update(resolve(module) for module in imported_modules(tree))
    cyclic = [name for name in edges if name in reachable(name, edges)]
    assert cyclic == []


def test_no_room_knows_the_name_that_is_installed() -> None:
    knowing = [
        name
        for name, tree in trees("core/", "app/", "tools/")
        for module in imported_modules(tree)
        if module.split(".")[0] == "kernelwalk"
    ]
    assert knowing == []


def test_core_needs_nothing_but_numpy() -> None:
    allowed = set(sys.stdlib_module_names) | {"numpy", "core"}
    outside = [
        f"{name} imports {module}"
        for name, tree in trees("core/")
        for module in imported_modules(tree)
        if module.split(".")[0] not in allowed
    ]
    assert outside == []


def test_core_imports_at_the_top_of_its_files_only() -> None:
    late = [
        f"{name}:{statement.lineno}"
        for name, tree in trees("core/")
        for function in functions(tree)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_browser_imports_run_one_way() -> None:
    place = {name: number for number, names in enumerate(BROWSER_ORDER) for name in names}
    assert {part(file) for file, _ in browser_imports()} <= set(place)
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in browser_imports()
        if part(importer) != part(imported) and place[part(imported)] >= place[part(importer)]
    ]
    assert wrong == []


def test_only_the_element_knows_what_is_in_its_shadow() -> None:
    around = ("static/lab/", "static/gallery/", "static/page/", "static/sharing/")
    reaching = [name for name, text in texts(".js") if name.startswith(around) and "shadowRoot" in text]
    assert reaching == []


def browser_imports() -> Iterator[tuple[str, str]]:
    """Who imports whom under static/; the module that fetches others by their address does so by name as well."""
    for name, text in texts(".js"):
        if not name.startswith("static/"):
            continue
        for target in re.findall(r'(?:\bfrom|\bimport) *\(? *"(\.{1,2}/[^"]+\.js)"', without_types(text)):
            file = (ROOT / name).parent.joinpath(target).resolve()
            assert file.is_file(), f"{name} imports {target}, which is not there"
            yield name, file.relative_to(ROOT).as_posix()


def without_types(script: str) -> str:
    """Types may be named from anywhere: they are comments."""
    return re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)


def core_imports() -> Iterator[tuple[str, str]]:
    for name, tree in trees("core/"):
        for module in imported_modules(tree):
            if module.split(".")[0] == "core":
                assert resolve(module), f"{name} imports {module}, which is not there"
                yield name, resolve(module)


def imported_modules(tree: ast.Module) -> Iterator[str]:
    """Dotted names of what a module imports; `from core import scene` is core.scene where that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute here"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in names if resolve(name)]
            yield from modules or [node.module]


def resolve(module: str) -> str:
    """The file of a dotted name, or nothing for what is not ours."""
    path = ROOT.joinpath(*module.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file() and file.is_relative_to(ROOT):
            return file.relative_to(ROOT).as_posix()
    return ""


def part(file: str) -> str:
    return Path(file).parts[1].removesuffix(".py").removesuffix(".js")


def level(file: str) -> int:
    found = [number for number, names in enumerate(ORDER) if part(file) in names]
    assert found, f"{file} has no place in ORDER"
    return found[0]


def reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = set(edges[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead |= edges.get(name, set())
    return seen
