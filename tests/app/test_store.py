"""The store: a picture is there whole or not at all, and nothing else can be reached through it."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.pictures import store as store_module
from app.pictures.store import UNFINISHED, LocalStore, Store, StoreError
from tests.app.serving import eventually, serving

ONE, TWO = "0123456789abcdef" * 2, "f" * 32

WRITER = """
import hashlib, sys
from pathlib import Path
from app.pictures.store import LocalStore
store = LocalStore(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10**9):
    content = str(number).encode() * 40_000
    store.put(hashlib.sha256(content).hexdigest()[:32], content)
"""


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "pictures")


def test_what_is_put_is_got(store: LocalStore) -> None:
    port: Store = store
    port.put(ONE, b"a picture")
    assert (port.get(ONE), port.has(ONE), list(port.ids())) == (b"a picture", True, [ONE])


def test_what_was_never_put_is_absent(store: LocalStore) -> None:
    assert (store.get(ONE), store.has(ONE), store.delete(ONE), list(store.ids())) == (None, False, False, [])


def test_a_deleted_picture_is_gone(store: LocalStore) -> None:
    store.put(ONE, b"a picture")
    assert (store.delete(ONE), store.delete(ONE), store.get(ONE)) == (True, False, None)


def test_a_second_server_on_the_same_folder_sees_the_picture(store: LocalStore) -> None:
    store.put(ONE, b"a picture")
    assert LocalStore(store.folder).get(ONE) == b"a picture"


@pytest.mark.parametrize(
    "odd", ["", "..", "../../etc/passwd", "/etc/passwd", ONE + "\n", ONE.upper(), ONE[:-1], "0/" + ONE, ONE + "\0",
            "é" * 32]
)  # fmt: skip
def test_an_odd_id_leads_nowhere(store: LocalStore, odd: str) -> None:
    assert (store.get(odd), store.has(odd), store.delete(odd)) == (None, False, False)
    with pytest.raises(ValueError, match="not the id of a picture"):
        store.put(odd, b"")


def test_a_killed_writer_leaves_no_half_picture(tmp_path: Path) -> None:
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        with writer, writer.stdout:
            writer.stdout.readline()
            time.sleep(0.3)
            writer.send_signal(signal.SIGKILL)
    store = LocalStore(tmp_path)
    kept = list(store.ids())
    assert len(kept) > 3
    for name in kept:
        content = store.get(name)
        assert content is not None
        assert hashlib.sha256(content).hexdigest()[:32] == name


def test_what_a_killed_writer_left_is_swept_at_start_but_not_a_living_ones(store: LocalStore) -> None:
    store.put(ONE, b"a picture")
    dead, living = (store.folder / ONE[:2] / f"{UNFINISHED}{name}" for name in ("dead", "living"))
    dead.touch()
    living.touch()
    os.utime(dead, (1, 1))
    again = LocalStore(store.folder)
    assert (dead.exists(), living.exists(), list(again.ids())) == (False, True, [ONE])


def test_many_writers_of_the_same_and_of_other_pictures_do_not_disturb_each_other(store: LocalStore) -> None:
    names = [f"{number:032x}" for number in range(20)] * 5
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: store.put(name, name.encode() * 1000), names))
    assert all(store.get(name) == name.encode() * 1000 for name in names)
    assert not list(store.folder.glob(f"*/{UNFINISHED}*"))


@pytest.mark.parametrize(("code", "status"), [(errno.ENOSPC, 507), (errno.EROFS, 503), (errno.EACCES, 503)])
def test_a_full_or_unwritable_disk_is_a_clean_refusal(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch, code: int, status: int
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(store_module.os, "fsync", fail)
    with pytest.raises(StoreError) as caught:
        store.put(ONE, b"a picture")
    assert (caught.value.status, store.has(ONE), list(store.folder.glob("*/*"))) == (status, False, [])


def test_a_folder_that_cannot_be_is_a_clean_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = LocalStore(tmp_path / "file")
    with pytest.raises(StoreError) as caught:
        store.put(ONE, b"a picture")
    assert (caught.value.status, store.get(ONE), store.writable()) == (503, None, False)


def test_a_store_that_can_write_says_so(store: LocalStore) -> None:
    assert (store.writable(), list(store.folder.iterdir())) == (True, [])


def test_a_quota_refuses_what_would_exceed_it_and_frees_what_is_deleted(tmp_path: Path) -> None:
    store = LocalStore(tmp_path, quota_bytes=10)
    store.put(ONE, b"1234567")
    with pytest.raises(StoreError, match="no room left"):
        store.put(TWO, b"1234567")
    store.delete(ONE)
    store.put(TWO, b"1234567")
    assert list(store.ids()) == [TWO]


def test_pruning_takes_the_old_ones_only_and_is_off_by_default(store: LocalStore) -> None:
    store.put(ONE, b"old")
    store.put(TWO, b"new")
    os.utime(store.folder / ONE[:2] / f"{ONE}.png", (1, 1))
    assert (store.prune(0), store.prune(7), list(store.ids())) == ([], [ONE], [TWO])


def test_a_server_removes_what_is_older_than_its_operator_keeps(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    for picture_id in (ONE, TWO):
        store.put(picture_id, b"png")
    week_ago = time.time() - 8 * 86_400
    os.utime(store.place(ONE) or "", (week_ago, week_ago))
    with serving(tmp_path, keep_days=7.0):
        eventually(lambda: list(store.ids()) == [TWO])
