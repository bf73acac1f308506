"""Calls that turn text into code, markup, commands or connections: the product has none, or the few that are named."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.repository import texts, trees

ROOMS = ("core/", "app/", "kernelwalk/")
# Of Python: what runs text, unpacks objects, or reads foreign XML.
CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.load", "pickle.loads", "marshal.loads",
    "shelve.open", "yaml.load", "ElementTree.fromstring", "ElementTree.parse", "xml.dom", "mktemp", "from_string",
}  # fmt: skip
# Of browsers: what takes text for markup or script. Trusted Types guard the same places.
SINKS = (
    r"\.innerHTML\b", r"\.outerHTML\b", r"insertAdjacentHTML", r"document\.write", r"\bsrcdoc\b", r"\beval\(",
    r"new Function\b", r"DOMParser", r"createContextualFragment", r"HTMLUnsafe", r"script\.text\b",
    r"new (?:Shared)?Worker\b",
    r"set(?:Timeout|Interval)\(\s*[\"'`]", r"javascript:", r"createElement\(\"script\"\)", r"__proto__",
)  # fmt: skip
KNOWN = {"static/offline/figure.js": {r"script\.text\b", r"createElement\(\"script\"\)"}}  # through its one policy
CLIENTS = {"httpx", "requests", "aiohttp", "urllib.request", "http.client", "ftplib", "smtplib", "xmlrpc", "telnetlib"}


def name_of(call: ast.Call) -> str:
    parts, place = [], call.func
    while isinstance(place, ast.Attribute):
        parts, place = [place.attr, *parts], place.value
    return ".".join([place.id, *parts] if isinstance(place, ast.Name) else parts)


@cache
def calls() -> list[tuple[str, ast.Call]]:
    return [(name, node) for name, tree in trees(*ROOMS) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_no_text_is_run_and_no_object_unpacked() -> None:
    found = {f"{file}:{call.lineno} {name_of(call)}" for file, call in calls() if name_of(call) in CALLS}
    assert found == set()


def test_no_command_goes_through_a_shell() -> None:
    words = [(file, word) for file, call in calls() for word in call.keywords]
    shells = [file for file, word in words if word.arg == "shell" and not is_false(word.value)]
    assert shells == []


def test_arrays_from_files_hold_numbers_alone() -> None:
    loads = [call for _, call in calls() if name_of(call) in ("np.load", "numpy.load")]
    told = [[word.value for word in call.keywords if word.arg == "allow_pickle"] for call in loads]
    assert told
    assert all(values and is_false(values[0]) for values in told)


def is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_the_server_asks_no_other_server_for_an_address_that_a_visitor_gave() -> None:
    imported = {
        (name, alias)
        for name, tree in trees("core/", "app/")
        for node in ast.walk(tree)
        for alias in modules(node)
        if alias in CLIENTS
    }
    assert imported == set()


def modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("sink", SINKS)
def test_scripts_never_take_text_for_markup_or_script(sink: str) -> None:
    found = [name for name, text in scripts().items() if re.search(sink, text)]
    assert [name for name in found if sink not in KNOWN.get(name, ())] == []


@cache
def scripts() -> dict[str, str]:
    """The browser's scripts without their comments."""
    ours = [(name, text) for name, text in texts(".js") if name.startswith("static/")]
    return {name: re.sub(r"(?s)/\*.*?\*/", "", text) for name, text in ours}


def test_templates_leave_their_escaping_on_but_where_the_server_wrote_the_text() -> None:
    unescaped = {
        (name, found) for name, text in texts(".html") for found in re.findall(r"\{\{ ([^}]*)\| *safe *\}\}", text)
    }
    assert unescaped == {("templates/offline.html", "style "), ("templates/offline.html", "opener ")}
    assert [name for name, text in texts(".html") if "autoescape false" in text] == []
