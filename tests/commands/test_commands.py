"""The words of the command line: what they print is what a real server answers."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kernelwalk.commands.program import COMMANDS, main
from kernelwalk.workshop import forms
from tests.running import ROOT

Run = Any
LINE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1] | relu"
WORDS = {"layer": "1", "theme": "dark"}


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs words: their number, what they print, and what they say beside it."""

    def run(*words: str) -> tuple[int, bytes, str]:
        code = main(list(words))
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


def answer(server: str, path: str, **words: str) -> bytes:
    with urllib.request.urlopen(f"{server}{path}?{urllib.parse.urlencode(words)}") as found:
        return bytes(found.read())


def test_the_parts_of_a_program_are_those_that_are_documented() -> None:
    assert list(COMMANDS) == ["serve", "render", "steps", "describe", "gallery", "quiz", "build", "train"]


@pytest.mark.parametrize("form", forms())
def test_a_file_is_the_one_that_a_server_makes(form: str, run: Run, server: str, tmp_path: Path) -> None:
    file = tmp_path / f"figure.{form}"
    assert run("render", LINE, "-o", str(file), "--layer", "1", "--theme", "dark") == (0, b"", "")
    assert file.read_bytes() == answer(server, f"/render.{form}", scene=LINE, lang="en", **WORDS)


def test_a_file_speaks_the_language_that_is_asked_for(run: Run, server: str, tmp_path: Path) -> None:
    file = tmp_path / "figure.svg"
    assert run("render", LINE, "-o", str(file), "--lang", "ko")[0] == 0
    assert file.read_bytes() == answer(server, "/render.svg", scene=LINE, lang="ko")
    assert "커널" in file.read_text()


def test_a_flag_can_be_said_and_unsaid(run: Run, server: str, tmp_path: Path) -> None:
    file = tmp_path / "figure.gif"
    run("render", LINE, "-o", str(file), "--no-loop", "--still", "--no-still", "--hold", "0")
    assert file.read_bytes() == answer(server, "/render.gif", scene=LINE, lang="en", loop="0", still="0", hold="0")


def test_steps_are_the_lines_that_a_server_streams(run: Run, server: str, tmp_path: Path) -> None:
    words = {"layer": "0", "start": "1", "stop": "4", "detail": "sums"}
    options = [part for name, word in words.items() for part in (f"--{name}", word)]
    streamed = answer(server, "/api/steps", scene=LINE, **words)
    assert run("steps", LINE, *options) == (0, streamed, "")
    file = tmp_path / "steps.jsonl"
    assert run("steps", LINE, *options, "-o", str(file)) == (0, b"", "")
    assert file.read_bytes() == streamed


def test_a_description_is_that_of_a_server_or_a_table(run: Run, server: str) -> None:
    code, printed, _ = run("describe", LINE, "--json")
    assert code == 0
    assert json.loads(printed) == json.loads(answer(server, "/api/scene", scene=LINE, lang="en"))
    lines = run("describe", LINE)[1].decode().splitlines()
    assert lines[0] == LINE
    assert "Convolution (conv2d)  (1, 2, 2)           4" in lines[5]
    assert lines[-1].split() == ["all", "4", "16", "8"]
    assert "합성곱 (conv2d)" in run("describe", LINE, "--lang", "ko")[1].decode()


def test_the_gallery_lists_figures_and_prints_the_line_of_one(run: Run) -> None:
    code, printed, _ = run("gallery")
    assert (code, b"@first-steps" in printed) == (0, True)
    code, printed, _ = run("gallery", "@first-steps")
    assert code == 0
    assert run("describe", printed.decode().strip())[0] == 0
    assert "숫자 이미지는 수 784개" in run("gallery", "--lang", "ko")[1].decode()


def test_a_set_of_questions_is_the_file_that_a_server_makes(run: Run, server: str, tmp_path: Path) -> None:
    place = tmp_path / "quiz.html"
    assert run("quiz", "first-steps,@max-pool", "-o", str(place), "--count", "2", "--lang", "ko")[0] == 0
    asked = {"figures": "first-steps,@max-pool", "count": "2", "lang": "ko"}
    assert place.read_bytes() == answer(server, "/quiz.html", **asked)
    own = ("quiz", "max-pool", "--ask", "size", "-o", "-")
    assert run(*own)[1] == answer(server, "/quiz.html", figures="max-pool", ask="size", lang="en")
    assert "did you mean max-pool?" in run("quiz", "max-pol", "-o", str(place))[2]
    assert "-o must be given" in run("quiz", "max-pool")[2]


def test_a_dash_is_standard_input_and_output(run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{LINE}\n"))
    code, printed, _ = run("render", "-", "-o", "-", "--format", "svg", "--still")
    assert (code, printed) == (0, answer(server, "/render.svg", scene=LINE, lang="en", still="1"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("describe", "-")[::2] == (1, "kernelwalk: there is no scene line on standard input\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["describe", "cat 64 | sobl"], 1, "did you mean sobel"),
        (["render", "cat 64 | sobel", "-o", "x.svg", "--width", "3"], 1, "must be at least 320"),
        (["render", "cat 64 | sobel", "-o", "x.svg", "--theme", "drak"], 1, "did you mean dark?"),
        (["render", "cat 64 | sobel", "-o", "x.gfi"], 1, "did you mean gif?"),
        (["render", "cat 64 | sobel", "-o", "nowhere/x.svg"], 1, "nowhere/x.svg: No such file or directory"),
        (["render", "cat 64 | sobel", "-o", "x"], 2, "add one of "),
        (["render", "cat 64 | sobel", "-o", "x.html", "--fps", "3"], 2, "html files take no --fps"),
        (["render", "cat 64 | sobel"], 2, "-o must be given"),
        (["render", "cat 64 | sobel", "-o", "x.svg/"], 1, "kernelwalk: x.svg/: Is a directory"),
        (["render", "cat 64 | sobel", "-o", "x.svg", "--lang", "xx"], 1, "lang is 'xx': choose one of en, ko"),
        (["build", "a.md", "b.md", "-o", "x.md"], 2, "kernelwalk: b.md is more than is taken here\n"),
        (["build", "a.md", "--in-place", "-o", "x.md"], 2, "-o and --in-place are two ways: say one"),
        (["build", "-", "--watch", "-o", "x.md"], 2, "standard input cannot be watched"),
        ([], 2, "Usage: kernelwalk [OPTIONS] COMMAND"),
        (["render", "cat", "64", "-o", "x.svg"], 2, "64 is more than is taken here: a scene line stands in quotes"),
        (["render", "cat 64 | sobel", "--tehme", "dark"], 2, "there is no option --tehme: did you mean --theme?"),
        (["render", "cat 64 | sobel", "-o"], 2, "-o needs a value"),
        (["steps"], 2, "LINE must be given"),
        (["steps", "cat 64 | sobel", "--start", "99999"], 1, "start is 99999: must lie between 0 and 2542"),
        (["steps", "cat 64 | sobel", "--start", "one"], 1, "start is 'one': must be a whole number"),
        (["gallery", "first-step"], 1, "did you mean first-steps?"),
        (["rendr"], 2, "did you mean render?"),
        (["--completion", "bsh"], 1, "did you mean bash?"),
        (["train", "lenet-5", "--data", "nowhere.npz"], 2, "nowhere.npz"),
        (["train", "lenet5", "--data", "x.npz"], 1, "did you mean lenet-5"),
        (["train"], 2, "NAME must be given"),
        (["train", "mlp", "--data", "x.npz", "--epochs", "0"], 1, "must be a whole number from 1 to 1000"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_number(
    words: list[str], code: int, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found, printed, told = run(*words)
    assert (found, printed) == (code, b"")
    assert said in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_mistakes_and_help_are_in_the_language_of_the_person(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3840" in (said := run("render", LINE, "--lang=ko", "-o", "x.svg", "--width", "9999")[2])
    assert "이하여야 합니다" in said
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    for words in (["--help"], *([name, "--help"] for name in COMMANDS)):
        printed = run(*words)[1].decode()
        assert "사용법:" in printed
        assert "Options" not in printed
    assert "옵션" in run("render", "--fsp")[2]


def test_help_has_examples_and_every_option_of_the_api(run: Run) -> None:
    printed = run("render", "--help")[1].decode()
    assert "kernelwalk render " in printed
    names = {name for model in forms().values() for name in model.model_fields} - {"scene"}
    assert [name for name in names if f"--{name.replace('_', '-')}" not in printed] == []


def test_a_shell_can_complete_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert b"kernelwalk" in run("--completion", shell)[1]
    for typed, offered in (("kernelwalk ren", "render"), ("kernelwalk steps x --detail su", "sums"),
                           ("kernelwalk render @first-st", "@first-steps")):  # fmt: skip
        asked = {"_KERNELWALK_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        for name, value in asked.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit, match="0"):
            main([])
        assert capsysbinary.readouterr().out.decode().split(",")[-1].strip() == offered


def test_help_is_shown_alone(run: Run) -> None:
    asked = run("--help")[1].decode()
    assert run("-h")[1].decode() == run()[2].strip() + "\n" == asked


def test_a_file_that_cannot_be_written_leaves_nothing_and_is_named_as_it_was_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "replace", full)
    code, _, told = run("render", LINE, "-o", str(tmp_path / "x.svg"))
    assert (code, told) == (1, f"kernelwalk: {tmp_path / 'x.svg'}: No space left on device\n")
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_is_written_as_any_other(run: Run, tmp_path: Path) -> None:
    place = tmp_path / f"{'가' * 80}.SVG"  # 244 of 255 bytes
    assert run("render", LINE, "-o", str(place), "--still")[0] == 0
    assert place.read_bytes().startswith(b"<svg ")


def test_a_terminal_is_told_before_the_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("kernelwalk.commands.render.file_of", lambda *_: pytest.fail("was drawn"))
    assert "not for a terminal" in run("render", LINE, "-o", "-", "--format", "gif")[2]


@pytest.fixture
def attended() -> Iterator[None]:
    """A process that was started in the background is deaf to Ctrl+C, and so are those that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


STOPPED = """
import signal
import kernelwalk.__main__ as command
import kernelwalk.commands.program as program
def main():
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise {error}
program.main = main
command.run()
"""


@pytest.mark.usefixtures("attended")
@pytest.mark.parametrize("error", ["ValueError('made something else of it')", "KeyboardInterrupt()"])
def test_a_person_who_ends_it_sees_no_traceback(error: str) -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED.format(error=error)], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.usefixtures("attended")
def test_a_person_who_ends_it_waits_for_no_work() -> None:
    slow = (
        "import threading, time, kernelwalk.__main__ as command, kernelwalk.commands.program as program\n"
        "def main():\n"
        "    threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "    print('working', flush=True)\n"
        "    time.sleep(600)\n"
        "program.main = main\n"
        "command.run()\n"
    )
    running = subprocess.Popen([sys.executable, "-c", slow], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    assert (*running.communicate(timeout=120), running.returncode) == (b"", b"", 130)


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    command = [sys.executable, "-m", "kernelwalk", "steps", "cat 64 | sobel"]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LANG": "C"}
    )
    assert running.stdout
    assert running.stderr
    assert running.stdout.readline().startswith(b'{"type":"start"')
    running.stdout.close()
    assert running.wait() == 1
    assert running.stderr.read() == b""
    running.stderr.close()
