"""What a start keeps for the next one: taken as it is, never when anything has changed."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import sentences
from app.assets import Assets
from app.main import create_app
from app.messages import Messages
from app.sentences import catalogue
from app.served import application
from app.settings import LOCALE
from tests.running import ROOT


def test_a_second_start_takes_what_the_first_has_made_and_nothing_that_has_changed(tmp_path: Path) -> None:
    sources, kept = tmp_path / "sources", tmp_path / "kept"
    sources.mkdir()
    (sources / "a.css").write_text("a { margin: 0 }")
    first = Assets(sources, {"words.json": b"{}"}, kept)
    (file,) = kept.iterdir()
    made = file.stat().st_mtime_ns
    again = Assets(sources, {"words.json": b"{}"}, kept)
    assert (again.files, again.version, file.stat().st_mtime_ns) == (first.files, first.version, made)
    (sources / "a.css").write_text("a { margin: 1px }")
    assert Assets(sources, {"words.json": b"{}"}, kept).files["a.css"].body == b"a{margin:1px}"


@pytest.mark.parametrize(
    "harm", [lambda text: text[:-1], lambda text: text[:-1] + b"!", lambda _: b"", lambda _: b"x" * 99]
)
def test_what_was_kept_and_is_damaged_is_made_anew(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    sources, kept = tmp_path / "sources", tmp_path / "kept"
    sources.mkdir()
    (sources / "a.css").write_text("a { margin: 0 }")
    Assets(sources, {}, kept)
    (file,) = kept.iterdir()
    file.write_bytes(harm(file.read_bytes()))
    assert Assets(sources, {}, kept).files["a.css"].body == b"a{margin:0}"


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_no_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert Assets(tmp_path, {}, tmp_path / "file" / "kept").files["file"].body == b"in the way"


def test_what_a_start_makes_is_never_looked_through_for_garbage(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("KERNELWALK_STORE", str(tmp_path))
        gc.disable()
        try:
            application()
            assert gc.isenabled()
            assert gc.get_freeze_count() > 0
        finally:
            gc.enable()
            gc.unfreeze()


def test_a_start_makes_no_description_of_calls() -> None:
    made = create_app()
    assert made.openapi_schema is None
    assert made.openapi() is made.openapi() is made.openapi_schema


def test_a_second_start_takes_the_sentences_that_the_first_has_read_until_the_catalogue_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "ko" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_bytes((LOCALE / "ko" / "LC_MESSAGES" / "messages.po").read_bytes())
    read = list[Path]()
    monkeypatch.setattr(sentences, "catalogue", lambda *given: read.append(given[0]) or catalogue(*given))
    first, again = (Messages(tmp_path, kept).languages["ko"] for _ in range(2))
    assert first.sentences == again.sentences == Messages().languages["ko"].sentences
    assert len(read) == 2  # the first start here, and whoever keeps nothing
    text = file.read_text().replace('msgid "ltr"\nmsgstr "ltr"', 'msgid "ltr"\nmsgstr "rtl"')
    file.write_text(text)
    assert Messages(tmp_path, kept).languages["ko"].direction == "rtl"
    assert len(read) == 3


def test_a_warm_start_reads_no_catalogue(tmp_path: Path) -> None:
    program = "import sys; from app.main import create_app; create_app(); print('babel' in sys.modules)"
    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "KERNELWALK_PREPARED": str(tmp_path / "kept"), "KERNELWALK_STORE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["True", "False"]
