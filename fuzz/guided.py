"""`python -m fuzz.guided READER SECONDS`: the same readers under atheris, which looks for input that reaches new lines.

Headers and lines are cheap to read and deep: what chance alone does not find in them, coverage leads to. atheris has to
watch modules from their import on, so that this is a program of its own. A surprise is kept in .cache/fuzz.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

# What is not read from, and comes after, is not slowed down by being watched.
with atheris.instrument_imports(include=["app", "core"]):
    import app.pictures.kinds  # noqa: F401
    import core.scene  # noqa: F401

from fuzz.__main__ import FINDS, keep, surprise
from fuzz.readers import READERS, Reader
from fuzz.samples import LINES, MATRICES, PICTURES, WORDS, WRITTEN

# What is read: the samples it begins with, and how bytes become one.
BEGINNINGS: dict[str, list[bytes]] = {
    "headers": PICTURES,
    "lines": [line.encode() for line in LINES],
    "matrices": [line.encode() for line in MATRICES],
    "written": [text.encode("utf-8", "surrogatepass") for text in WRITTEN],
}
LONGEST = 4096


def main(arguments: list[str]) -> int:
    name, seconds = arguments[0], int(float(arguments[1]))
    [reader] = [one for one in READERS if one.name == name]
    with tempfile.TemporaryDirectory(prefix="guided-") as folder:
        for number, sample in enumerate(BEGINNINGS[name]):
            Path(folder, f"sample-{number}").write_bytes(sample)
        words = Path(folder, "words.dict")
        words.write_text("".join(f'"{word}"\n' for word in WORDS if word.isascii() and '"' not in word and word != "|"))
        FINDS.mkdir(parents=True, exist_ok=True)
        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60", "-verbosity=0"]
        options += [f"-artifact_prefix={FINDS}/guided-{name}-", "-print_final_stats=1"]
        options += [f"-dict={words}"] if name != "headers" else []
        atheris.Setup([sys.argv[0], *options, folder], lambda data: feed(reader, data))
        atheris.Fuzz()
    return 0


def feed(reader: Reader, data: bytes) -> None:
    given: object = data if reader.name == "headers" else data.decode("utf-8", "replace")
    if complaint := surprise(reader, given):
        raise AssertionError(keep(reader, given, complaint))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
