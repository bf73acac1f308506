"""Rules of the repository that a reader would otherwise have to remember."""

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.repository import functions, texts, trees
from tests.running import ROOT

TABLES = {"core/kernels.py"}  # one row a thing: as long as there are things
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_LINE = 300, 60, 120
BANNED = {"patch", "mask", "op", "cfg", "params", "img", "arr", "tmp", "data2", "process", "handle", "manager", "util"}
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))

# Written in two halves, so that this file does not hold what it looks for.
HOSTS = [half + rest for half, rest in [("pypi", ".org"), ("pythonhosted", ".org"), ("registry", ".npmjs")]]
OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host"]
PLACES = ["/" + "root/", "/" + "work/main", "/" + "Users/", "file:" + "///"]


# --- where things come from


@pytest.mark.parametrize("word", HOSTS + OPTIONS + PLACES)
def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(word: str) -> None:
    assert [name for name, text in texts() if word in text and not name.startswith("locale/")] == []


@pytest.mark.parametrize("folder", ["", "examples"])
def test_the_lock_file_of_npm_names_no_addresses(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
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


def defined_names(tree: ast.Module) -> set[str]:
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    names |= {function.name for function in functions(tree)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return names | {node.id for node in stored}


# --- commands and pages


def test_every_command_can_be_planned_without_doing_anything() -> None:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    for command in ("run", "test", "check", "bench", "examples", "oracle", "catalogues", "clean"):
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
