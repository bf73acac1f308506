"""A server whose weights are not those that their facts tell of does not start, and names the file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, free_port

PARTS = ("app", "core", "locale", "static", "templates")
STOPPED = 2  # as of settings that cannot be meant
WEIGHTS = "core/networks/weights"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own files, to be damaged."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("mlp.npz", "byte", "is not the file that its facts tell of: its SHA-256 is another"),
        ("lenet-5.exciting.npz", "byte", "is not the file that its facts tell of: its SHA-256 is another"),
        ("lenet-5.npz", "gone", "cannot be read"),
        ("lecture-cnn.json", "half", "cannot be read"),
    ],
)
def test_a_server_with_damaged_weights_ends_at_once_with_one_line(
    copy: Path, name: str, damage: str, said: str
) -> None:
    file = copy / WEIGHTS / name
    whole = file.read_bytes()
    middle = len(whole) // 2
    if damage == "gone":
        file.unlink()
    else:
        rest = b"" if damage == "half" else bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        file.write_bytes(whole[:middle] + rest)
    try:
        ended = started(copy)
    finally:
        file.write_bytes(whole)
    assert ended.returncode == STOPPED
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert str(copy / WEIGHTS / name.split(".")[0]) in line
    assert name.removesuffix(".json") in line
    assert said in line


def started(folder: Path) -> subprocess.CompletedProcess[str]:
    settings = {"KERNELWALK_PORT": str(free_port()), "KERNELWALK_STORE": str(folder / "store")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KERNELWALK_")}
    return subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=folder,
        env=environment | settings,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
