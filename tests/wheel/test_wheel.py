"""The wheel, built and installed beside a project that has modules of the same names as ours."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT, free_port

LINE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1] | relu"
DECOYS = ("app", "core", "tools", "static", "templates", "train")
BROKEN = "raise SystemExit('this module is somebody else\\'s')\n"
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("KERNELWALK_", "PYTHON", "COV_"))}

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, env=PLAIN, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it; what it depends on is found where the tests have it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    place = next(folder.glob("lib/python*/site-packages"))
    (place / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    install = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder / "bin" / "python"),
               "install", "--no-deps", "--no-index", "--quiet", str(wheel)]  # fmt: skip
    subprocess.run(install, check=True, env=PLAIN, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in DECOYS:
        (folder / f"{name}.py").write_text(BROKEN)
    return folder


@pytest.fixture
def run(installed: Path, project: Path, tmp_path: Path) -> Run:
    """Runs a program of the environment in the project's folder."""

    def run(program: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        environment = PLAIN | {"KERNELWALK_STORE": str(tmp_path / "store"), "LC_ALL": "C.UTF-8"}
        command = [str(installed / "bin" / program), *words]
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, timeout=100)

    return run


def test_it_claims_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        tops = {name.split("/")[0] for name in file.namelist()}
    assert {top.partition("-")[0] for top in tops} == {"kernelwalk"}
    assert len(tops) == 2


def test_everything_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    rooms = {"app": "app", "core": "core", "static": "static", "templates": "templates", "locale": "locale",
             "kernelwalk": "", "tools/train": "train"}  # fmt: skip
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", *rooms], cwd=ROOT, check=True, capture_output=True
    )
    ours = [Path(name) for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    expected = {
        Path("kernelwalk", place, name.relative_to(room)).as_posix()
        for room, place in rooms.items()
        for name in ours
        if name.is_relative_to(room)
    }
    assert expected - inside == set()
    kinds = {Path(name).suffix for name in inside}
    assert {".png", ".jpg", ".npz", ".ttf", ".po", ".html", ".js", ".css", ".typed"} <= kinds
    licences = {"LICENSE", "LICENSES.md", "OFL.txt", "DEJAVU.txt"}
    assert {Path(name).name for name in inside if Path(name).name in licences} == licences


def test_its_dependencies_are_what_make_installs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        about = next(name for name in file.namelist() if name.endswith("METADATA"))
        lines = file.read(about).decode().splitlines()
    told = [line.split()[1] for line in lines if line.startswith("Requires-Dist") and "extra ==" not in line]
    needed = {re.split("[<>;]", name)[0] for name in told}
    direct = {line.split("==")[0].split(">")[0].split(";")[0].strip() for line in
              (ROOT / "requirements.in").read_text().splitlines() if line[:1].isalpha()}  # fmt: skip
    assert direct <= needed


def test_it_describes_and_walks_beside_modules_of_the_same_names(run: Run) -> None:
    for program, words in (("kernelwalk", ()), ("python", ("-m", "kernelwalk"))):
        done = run(program, *words, "describe", LINE, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["line"] == LINE
    walked = run("python", "-c", "import kernelwalk, sys; from kernelwalk import core;"
                 f" print(core.trace('{LINE}')[3]['output'], 'core' in sys.modules, 'app' in sys.modules)")  # fmt: skip
    assert walked.stdout.split() == [b"14", b"False", b"False"], walked.stderr


def test_it_renders_what_the_repository_renders(run: Run, server: str, tmp_path: Path) -> None:
    file = tmp_path / "figure.gif"
    done = run("kernelwalk", "render", LINE, "-o", str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    with urllib.request.urlopen(f"{server}/render.gif?scene={urllib.request.quote(LINE)}&lang=en") as answer:
        assert file.read_bytes() == answer.read()


@pytest.fixture
def served(installed: Path, project: Path, tmp_path: Path) -> Iterator[str]:
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [str(installed / "bin" / "kernelwalk"), "serve", "--port", str(port), "--store", str(tmp_path / "store")]
    running = subprocess.Popen(command, cwd=project, env=PLAIN, stderr=subprocess.PIPE)
    try:
        assert running.stderr
        for line in running.stderr:
            if b"Uvicorn running on" in line:
                break
        yield address
    finally:
        running.terminate()
        running.communicate(timeout=60)


def test_it_serves_pictures_steps_and_pages(served: str) -> None:
    """With children that decode and draw, scripts that are minified, words of two languages."""

    def answer(path: str, body: bytes | None = None) -> Any:
        with urllib.request.urlopen(f"{served}{path}", body) as found:
            return found.read()

    assert json.loads(answer("/api/images", (ROOT / "app/pictures/samples/cat.png").read_bytes()))["width"] > 1
    assert answer("/render.png?scene=cat%2064%20|%20sobel").startswith(b"\x89PNG")
    assert "합성곱" in answer("/?lang=ko").decode()
    assert answer("/api/steps?scene=cat%2064%20|%20sobel&stop=3").count(b"\n") == 5
    assert answer("/static/kernel-walk.js")


def test_it_trains_where_its_data_are_named(run: Run) -> None:
    done = run("kernelwalk", "train", "lenet-5", "--data", "nowhere.npz")
    assert done.returncode == 2
    assert b"nowhere.npz" in done.stderr
    assert b"Traceback" not in done.stderr
