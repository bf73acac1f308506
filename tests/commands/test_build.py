"""`kernelwalk build`: real documents, real figures."""

import html
import io
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.app.test_offline import carried
from tests.commands.test_commands import Run, in_english, run
from tests.running import ROOT

__all__ = ["in_english", "run"]

LINE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"
DOCUMENT = f"""# Lecture

```kernelwalk format=gif fps=8
{LINE}
```

1. A still <!-- kernelwalk format=png still=1: {LINE} --> in a line.

:::{{note}}
```{{kernelwalk}}
:format: html
{LINE}
```
:::
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "lecture.md"
    file.write_text(DOCUMENT)
    return file


def test_a_document_gets_its_figures(document: Path, run: Run, server: str) -> None:
    target = document.with_name("out.md")
    code, _, told = run("build", str(document), "-o", str(target))
    assert (code, told) == (0, f"kernelwalk: {target}: 3 figures, 3 drawn anew\n".removeprefix("kernelwalk: "))
    assert document.read_text() == DOCUMENT
    made = target.read_text()
    files = re.findall(r"out-figures/kernelwalk-\w+\.\w+", made)
    assert [Path(file).suffix for file in files] == [".gif", ".png", ".html"]
    asked = urllib.parse.urlencode({"scene": LINE, "fps": 8, "lang": "en"})
    with urllib.request.urlopen(f"{server}/render.gif?{asked}") as answer:
        assert (document.parent / files[0]).read_bytes() == answer.read()


def test_built_again_nothing_is_drawn_and_nothing_changes(document: Path, run: Run) -> None:
    assert run("build", str(document), "--in-place")[0] == 0
    once = document.read_text()
    seen = {file: file.stat().st_mtime_ns for file in document.with_name("lecture-figures").iterdir()}
    assert "3 figures, 0 drawn anew" in run("build", str(document), "--in-place")[2]
    assert document.read_text() == once
    assert {file: file.stat().st_mtime_ns for file in document.with_name("lecture-figures").iterdir()} == seen
    document.write_text(once.replace("fps=8", "fps=9"))
    assert "3 figures, 1 drawn anew" in run("build", str(document), "--in-place")[2]
    assert len(list(document.with_name("lecture-figures").iterdir())) == 4  # and the player of the one that is html


def players(folder: Path, scenes: list[str], run: Run, *words: str) -> dict[str, int]:
    """The files of a document with these scenes as players, and their bytes."""
    folder.mkdir(exist_ok=True)
    source = folder / "deck.html"
    source.write_text("".join(f"<p><!-- kernelwalk: {scene} --></p>\n" for scene in scenes))
    assert run("build", str(source), "-o", str(folder / "out.html"), "--format", "html", *words)[0] == 0
    return {file.name: file.stat().st_size for file in folder.joinpath("out-figures").iterdir()}


def test_players_share_one_file_so_each_more_costs_its_steps_alone(run: Run, tmp_path: Path) -> None:
    scenes = [f"[1 2 {number}; 4 5 6; 7 8 9] | {kind}" for number in range(3) for kind in ("sobel-x", "max_pool2d 2")]
    alone = players(tmp_path / "alone", scenes, run, "--single")
    one, all_six = players(tmp_path / "one", scenes[:1], run), players(tmp_path / "six", scenes, run)
    assert (len(alone), len(one), len(all_six)) == (6, 2, 7)
    (player,) = [name for name in one if name.endswith(".js")]
    assert all_six[player] == one[player]
    assert all_six.items() >= one.items()
    assert max(size for name, size in all_six.items() if name != player) < 18_000
    assert min(alone.values()) > 80_000
    assert sum(all_six.values()) < one[player] + 6 * 18_000 < sum(alone.values()) / 2


def test_a_figure_beside_a_player_carries_no_script_and_lets_no_other_run(run: Run, tmp_path: Path) -> None:
    names = players(tmp_path, [LINE], run)
    (player,) = [name for name in names if name.endswith(".js")]
    text = (tmp_path / "out-figures" / min(names, key=lambda name: name.endswith(".js"))).read_text()
    assert set(carried(text)) == {"scenes", "answers", "absent"}
    assert f'<script nonce="{player[:-3]}" src="{player}"></script>' in text
    policy = html.unescape(text).partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert f"script-src 'nonce-{player[:-3]}';" in policy
    assert policy.startswith("default-src 'none'; ")


def test_a_single_player_is_the_file_that_a_server_gives(run: Run, server: str, tmp_path: Path) -> None:
    (name,) = players(tmp_path, [LINE], run, "--single")
    asked = urllib.parse.urlencode({"scene": LINE, "lang": "en"})
    with urllib.request.urlopen(f"{server}/render.html?{asked}") as answer:
        assert (tmp_path / "out-figures" / name).read_bytes() == answer.read()


def test_a_player_that_is_lost_comes_again_and_one_that_nobody_needs_goes(run: Run, tmp_path: Path) -> None:
    names = players(tmp_path, [LINE], run)
    (player,) = [name for name in names if name.endswith(".js")]
    (tmp_path / "out-figures" / player).unlink()
    (tmp_path / "out-figures" / "kernelwalk-player-0123456789ab.js").touch()
    (tmp_path / "out-figures" / "notes.js").touch()
    assert players(tmp_path, [LINE], run) == names | {"notes.js": 0}
    assert set(players(tmp_path, [LINE], run, "--format", "svg")) & {*names} == set()


def test_a_scene_that_cannot_be_a_player_is_told_in_the_same_words(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "deck.html"
    source.write_text("<!-- kernelwalk format=html step=99: cat 8 | sobel -->")
    told = [run("build", str(source), "-o", str(tmp_path / "out.html"), *single) for single in ([], ["--single"])]
    assert told[0] == told[1]
    assert told[0][0] == 1
    assert "deck.html:1: step is 99: the layer has" in told[0][2]


def test_an_html_document_gets_images_and_frames(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "slides.html"
    framed = "<!-- kernelwalk format=iframe play=1: @sobel -->"
    page.write_text(f"<section><!-- kernelwalk: {LINE} --></section>\n{framed}\n")
    assert run("build", str(page), "-o", str(page), "--server", "https://lecture.example/")[0] == 0
    made = page.read_text()
    assert re.search(r'<img src="slides-figures/kernelwalk-\w+\.svg" alt="Kernelwalk: \[1 2 3', made)
    assert 'src="https://lecture.example/embed?scene=%40sobel&amp;play=1"' in made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n<!-- kernelwalk: cat 64 | sobl -->\n", "lecture.md:2: "),
        ("<!-- kernelwalk format=gfi: cat 64 | sobel -->", "lecture.md:1: format is 'gfi': did you mean gif?"),
        ("\n\n```kernelwalk fpz=3\ncat 64 | sobel\n```", "lecture.md:3: svg files take no fpz"),
        ("<!-- kernelwalk format=iframe: cat 64 | sobel -->", "lecture.md:1: format=iframe needs the address"),
        ("```kernelwalk\n", "lecture.md:1: the block is not closed"),
    ],
)
def test_a_mistake_names_file_and_line_and_writes_nothing(text: str, said: str, run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "lecture.md", tmp_path / "out.md"
    source.write_text(text)
    code, printed, told = run("build", str(source), "-o", str(target))
    assert (code, printed) == (1, b"")
    assert said in told
    assert not target.exists()


def test_all_mistakes_of_a_document_are_told_at_once(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "lecture.md", tmp_path / "out.md"
    source.write_text("<!-- kernelwalk: cat 8 | rleu -->\n\n```kernelwalk format=gfi\n@sobel\n```\n\n```kernelwalk\n")
    code, _, told = run("build", str(source), "-o", str(target))
    places = [line.removeprefix(f"kernelwalk: {source}:").split(":")[0] for line in told.splitlines()]
    assert (code, places, target.exists()) == (1, ["1", "3", "7"], False)


def test_what_cannot_be_read_is_one_sentence(run: Run, tmp_path: Path) -> None:
    assert run("build", str(tmp_path / "none.md"), "-o", "-")[0] == 1
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe")
    assert "is not text in UTF-8" in run("build", str(tmp_path / "bytes.md"), "-o", "-")[2]
    assert run("build", str(tmp_path / "none.md"))[0] == 2


def test_a_document_comes_from_standard_input_and_goes_where_it_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"\ufeff<!-- kernelwalk format=PNG still=1: {LINE} -->\r\n"
    for output, folder in ((str(tmp_path / "deep" / "out.md"), "deep/out-figures"), ("-", "kernelwalk-figures")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code, printed, _ = run("build", "-", "-o", output)
        made = printed if output == "-" else Path(output).read_bytes()
        assert code == 0
        assert made.startswith(text.strip().encode())
        assert made.endswith(b"<!-- /kernelwalk -->\r\n")
        assert [file.suffix for file in (tmp_path / folder).iterdir()] == [".png"]


def test_the_address_of_a_server_is_one(run: Run, document: Path) -> None:
    words = ("build", str(document), "-o", "-", "--format", "iframe", "--server")
    document.write_text(f"<!-- kernelwalk: {LINE} -->\n")
    assert "server is 'lecture.example': must begin with https://" in run(*words, "lecture.example")[2]
    for server in ("http://lecture.example", "https://lecture.example/walk/", "/walk"):
        assert f'<iframe src="{server.rstrip("/")}/embed?scene='.encode() in run(*words, server)[1]


def test_a_watched_document_is_built_with_every_change(document: Path) -> None:
    document.write_text(f"<!-- kernelwalk: {LINE} -->\n")
    target = document.with_name("out.md")
    command = [sys.executable, "-m", "kernelwalk", "build", str(document), "-o", str(target), "--watch"]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"})
    try:
        assert running.stderr
        assert b"1 figure, 1 drawn anew" in running.stderr.readline()
        document.write_text("<!-- kernelwalk: cat 64 | sobl -->\n")
        assert b"did you mean sobel" in running.stderr.readline()
        document.write_bytes(b"\xff\xfe")
        assert b"is not text in UTF-8" in running.stderr.readline()
        document.unlink()
        document.mkdir()
        assert b"Is a directory" in running.stderr.readline()
        document.rmdir()
        document.write_text(f"<!-- kernelwalk: {LINE} -->\nand more\n")
        assert b"1 figure, 0 drawn anew" in running.stderr.readline()
        assert target.read_text().endswith("and more\n")
    finally:
        running.terminate()
        running.communicate()
