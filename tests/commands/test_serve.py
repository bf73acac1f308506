"""`kernelwalk serve`: an address or a folder that the system refuses is one sentence and a number, and no log."""

import errno
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.http.listening import check_address
from app.settings import SettingsError
from tests.running import ROOT

HERE = "127.0.0.1"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_another_program_has_is_said_and_ends_the_command(workers: str) -> None:
    with socket.create_server((HERE, 0)) as other:
        port = str(other.getsockname()[1])
        words = ["serve", "--port", port, "--workers", workers]
        ended = subprocess.run([sys.executable, "-m", "kernelwalk", *words], cwd=ROOT, capture_output=True, text=True)
    told = f"KERNELWALK_PORT is '{port}': another program listens there: choose another port, or 0 to let the system "
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{told}choose\n")


def test_a_folder_where_nothing_can_be_kept_is_said_and_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = ["serve", "--port", "0", "--store", "file/pictures", "--lang", "en"]
    ended = subprocess.run(
        [sys.executable, "-m", "kernelwalk", *words],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    sentence = (
        "kernelwalk: store is 'file/pictures': nothing can be kept there: choose a folder that you may write to\n"
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", sentence)


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("no-such-host.invalid", "KERNELWALK_HOST is 'no-such-host.invalid': nobody here knows an address of that"),
        ("a" * 300, "KERNELWALK_HOST is 'aaaa"),
        ("203.0.113.7", "KERNELWALK_HOST is '203.0.113.7': this machine has no such address: 127.0.0.1 is for this"),
    ],
)
def test_an_address_of_nobody_here_is_said(host: str, rule: str) -> None:
    with pytest.raises(SettingsError) as refused:
        check_address(host, 0)
    assert str(refused.value).startswith(rule)


def test_a_port_for_administrators_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(SettingsError, match=r"^KERNELWALK_PORT is '80': only administrators may listen there"):
        check_address(HERE, 80)


@pytest.mark.parametrize("host", [HERE, "localhost", "0.0.0.0"])
def test_an_address_that_is_free_is_left_free(host: str) -> None:
    check_address(host, 0)
    with socket.create_server((HERE, 0)) as other:
        port = other.getsockname()[1]
    check_address(host, port)
    socket.create_server((HERE, port)).close()
