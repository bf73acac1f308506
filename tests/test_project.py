"""Rules of the repository that a reader would otherwise have to remember."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT

# What core imports, lowest first: a module may import those before it, and modules of its own folder.
ORDER = (
    {"texts"},
    {"errors"},
    {"integers", "limits"},
    {"geometry", "reach"},
    {"values"},
    {"kernels"},
    {"rules"},
    {"vocabulary"},
    {"algorithms"},
    {"functional"},
    {"operations"},
    {"literals"},
    {"scene"},
    {"network", "gallery"},
    {"trace"},
    {"__init__"},
)
TABLES = {"core/kernels.py", "core/gallery.py"}  # one row a thing: as long as there are things
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_LINE = 300, 60, 120
BANNED = {"patch", "mask", "op", "cfg", "params", "img", "arr", "tmp", "data2", "process", "handle", "manager", "util"}
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))

# Written in two halves, so that this file does not hold what it looks for.
HOSTS = [half + rest for half, rest in [("pypi", ".org"), ("pythonhosted", ".org"), ("registry", ".npmjs")]]
OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host"]
PLACES = ["/" + "root/", "/" + "work/main", "/" + "Users/", "file:" + "///"]


def tracked() -> list[Path]:
    """Every file that is or is about to be part of the repository."""
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(ROOT / name for name in set(listing.stdout.split("\0")) if name and (ROOT / name).is_file())


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    for path in tracked():
        if not suffixes or path.suffix in suffixes:
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for name, text in texts(".py"):
        if name.startswith(folders):
            yield name, ast.parse(text)


# --- where things come from


@pytest.mark.parametrize("word", HOSTS + OPTIONS + PLACES)
def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(word: str) -> None:
    assert [name for name, text in texts() if word in text and not name.startswith("locale/")] == []


def test_the_lock_file_of_npm_names_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    locked = [entry for name, entry in lock["packages"].items() if name]
    assert locked
    assert all("integrity" in entry and "resolved" not in entry for entry in locked)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_has_one_version_and_hashes(path: Path) -> None:
    entries = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n?", "", path.read_text())).strip().splitlines()
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_tests_use_the_very_versions_that_run() -> None:
    running, testing = (pins(ROOT / name) for name in ("requirements.txt", "requirements-dev.txt"))
    assert running <= testing


def pins(path: Path) -> set[str]:
    return set(re.findall(r"(?m)^[\w.-]+==[\w.]+", path.read_text()))


# --- what may import what


def test_core_imports_run_one_way() -> None:
    wrong = [
        f"{importer} imports {imported}"
        for importer, imported in core_imports()
        if part(importer) != part(imported) and level(imported) >= level(importer)
    ]
    assert wrong == []


def test_modules_never_import_each_other_in_a_circle() -> None:
    edges: dict[str, set[str]] = {}
    for name, tree in trees("core/", "app/"):
        edges.setdefault(name, set()).update(resolve(module) for module in imported_modules(tree))
    cyclic = [name for name in edges if name in reachable(name, edges)]
    assert cyclic == []


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
    return Path(file).parts[1].removesuffix(".py")


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


# --- how code looks


def test_files_stay_short_enough_to_read() -> None:
    long = {name: text.count("\n") for name, text in texts(".py", ".js", ".css", ".html") if name not in TABLES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_functions_stay_short_enough_to_read() -> None:
    long = [
        f"{name}: {function.name} has {(function.end_lineno or 0) - function.lineno + 1} lines"
        for name, tree in trees("")
        for function in functions(tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_lines_fit_on_a_screen() -> None:
    long = [
        f"{name}:{number}"
        for name, text in texts(".py", ".js", ".css")
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in trees("core/", "app/", "tools/") if tree.body and not ast.get_docstring(tree)] == []


def test_code_uses_the_words_of_the_field() -> None:
    used = [
        f"{name}: {word}"
        for name, tree in trees("core/", "app/", "tools/")
        for word in sorted(defined_names(tree))
        if BANNED & set(word.lower().split("_"))
    ]
    assert used == []


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def defined_names(tree: ast.Module) -> set[str]:
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    names |= {function.name for function in functions(tree)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return names | {node.id for node in stored}


# --- commands and pages


def test_every_command_can_be_planned_without_doing_anything() -> None:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    for command in ("run", "test", "check", "bench", "oracle", "catalogues", "clean"):
        plan = subprocess.run(["make", "-n", command], cwd=ROOT, env=quiet, capture_output=True, text=True)
        assert (plan.returncode, plan.stderr) == (0, ""), command


def test_every_test_in_javascript_is_found_by_its_name() -> None:
    tests = [name for name, text in texts(".js") if name.startswith("tests/js/") and '"node:test"' in text]
    assert tests
    assert [name for name in tests if not name.endswith(".test.js")] == []


def test_pages_for_people_name_only_commands_and_files_that_exist() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))
    for name, text in texts(".md"):
        commands = set(re.findall(r"(?m)(?:`|^    |\$ )make ([a-z-]+)", text))
        assert commands <= targets, name
        links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == [], name


def test_the_pages_every_project_owes_its_reader_are_there() -> None:
    license_text, changes, readme = ((ROOT / name).read_text() for name in ("LICENSE", "CHANGELOG.md", "README.md"))
    assert license_text.startswith("MIT License")
    assert "Kernelwalk contributors" in license_text
    assert changes.startswith("# Changelog")
    assert "make run" in readme


def test_the_build_machine_runs_what_a_developer_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.findall(r"(?m)^exec (.*?) <", script.read_text()) == ["make test"]


def test_the_container_copies_what_exists_and_runs_as_nobody_in_particular() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = re.findall(r"(?m)^COPY (?!--)(\S+)", text)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.search(r"(?m)^USER \d+:\d+$", text)
    assert re.search(r'(?m)^CMD \["', text)
