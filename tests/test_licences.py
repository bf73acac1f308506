"""docs/licences.md: every library and every file that is not ours has its licence there."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch

from tests.repository import tracked
from tests.running import ROOT
from tools import licences

SHIPPED = ("app/", "core/", "kernelwalk/", "static/", "templates/", "locale/")
WRITTEN_HERE = {".py", ".js", ".css", ".html", ".ts", ".po", ".typed"}
TEXTS = {".md", ".txt"}
PAGE = licences.PAGE.read_text(encoding="utf-8")


def test_every_library_has_the_licence_of_its_own_metadata() -> None:
    assert licences.page() == PAGE, "run python -m tools.licences"
    assert [name for name in licences.libraries() if not licences.licence(name)] == []


def test_no_library_of_a_server_binds_what_is_made_with_it() -> None:
    assert not [name for name in licences.libraries() if re.search(r"\bA?GPL", licences.licence(name))]


def test_every_file_that_is_no_code_of_ours_is_named_with_a_licence() -> None:
    rows = re.findall(r"(?m)^\| (`[^|]+) \| [^|]+ \| [^|]+ \|$", PAGE)
    patterns = [pattern for row in rows for pattern in whole(re.findall(r"`([^`]+)`", row))]
    names = [file.relative_to(ROOT).as_posix() for file in tracked() if file.suffix not in WRITTEN_HERE | TEXTS]
    shipped = [name for name in names if name.startswith(SHIPPED)]
    assert shipped
    assert [name for name in shipped if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def whole(named: list[str]) -> list[str]:
    """Names after the first stand in its folder."""
    folder = named[0].rpartition("/")[0]
    return [name if "/" in name else f"{folder}/{name}" for name in named]


def test_every_set_of_weights_says_its_licence() -> None:
    for file in (ROOT / "core/networks/weights").glob("*.json"):
        assert "licence" in file.read_text(encoding="utf-8"), file.name
        json.loads(file.read_text(encoding="utf-8"))


def test_texts_of_licences_that_the_page_names_are_there() -> None:
    for name in re.findall(r"in `([^`]+)`", PAGE):
        assert name.endswith("/") or (ROOT / name).exists() or "*" in name, name
