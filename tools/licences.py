"""`python -m tools.licences`: docs/licences.md, written from the metadata of the libraries that a server runs with."""

from __future__ import annotations

import re
import sys
from importlib.metadata import metadata
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
START, END = "<!-- libraries -->\n", "<!-- /libraries -->"
LONGEST = 80
CONTAINER = {"sys_platform": "linux", "python_version": "3.13", "python_full_version": "3.13.0", "os_name": "posix",
             "platform_system": "Linux", "implementation_name": "cpython"}  # fmt: skip


def libraries() -> list[str]:
    """Every library of the container, by name; those of other systems and other Pythons are not in it."""
    found = re.findall(r"(?m)^([\w.-]+)==[^\s;\\]+(?: ; ([^\\\n]*))?", (ROOT / "requirements-server.txt").read_text())
    return [name for name, marker in found if not marker or Marker(marker).evaluate(CONTAINER)]


def licence(name: str) -> str:
    """As a library says it: an expression, a short text, or its classifiers."""
    told = metadata(name)
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License")
    ]
    short = (told.get("License") or "").strip()
    expression = told.get("License-Expression") or (short if short and len(short) <= LONGEST else "")
    return expression or ", ".join(classifiers)


def table() -> str:
    rows = [f"| {name} | {licence(name)} |" for name in libraries()]
    return "\n".join(["| library | licence |", "|---|---|", *rows, ""])


def page() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text[: text.index(START) + len(START)] + table() + text[text.index(END) :]


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
