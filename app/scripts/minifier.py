"""Scripts as short as they can be said: names that nobody else sees, spaces, comments.

The minifier is a library with a runtime of its own; it works in a process that ends with its work.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from app.scripts.javascript import ScriptError

NAME = f"{__package__}.minifier"
ROOT = Path(__file__).parents[NAME.count(".")]  # where the outermost package lies, whatever it is called
SCRIPT = "application/javascript"


def minified(scripts: Mapping[str, str]) -> dict[str, str]:
    """The same scripts, short, by their paths; refused by name where one cannot be read.

    Where the minifier cannot be had (it has no wheels for Macs with Intel processors) they stay as they are.
    """
    if find_spec("minify") is None:
        return dict(scripts)
    asked = json.dumps(dict(scripts)).encode()
    child = [sys.executable, "-m", NAME]
    done = subprocess.run(child, cwd=ROOT, input=asked, stdout=subprocess.PIPE, check=True)
    said: dict[str, list[str]] = json.loads(done.stdout)
    for path, (why, _) in said.items():
        if why:
            raise ScriptError(f"{path}: {why}")
    return {path: short for path, (_, short) in said.items()}


def main() -> None:
    """The child: scripts in, and for each what is wrong with it, or itself made short."""
    from minify import MinifyError, string

    said = {}
    for path, script in json.load(sys.stdin).items():
        try:
            said[path] = ["", string(SCRIPT, script)]
        except MinifyError as error:
            said[path] = [str(error), ""]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
