"""The cache's size is asked of machines that answer oddly, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.algorithms import caches, threads


def index(folder: Path, number: int, **files: str) -> None:
    place = folder / f"index{number}"
    place.mkdir(parents=True)
    for name, text in files.items():
        (place / name).write_bytes(text.encode("latin-1"))


@pytest.fixture
def asked_anew() -> Iterator[None]:
    caches.level2.cache_clear()
    yield
    caches.level2.cache_clear()


def test_the_second_level_for_data_is_meant(tmp_path: Path) -> None:
    index(tmp_path, 0, level="1\n", type="Data\n", size="48K\n", shared_cpu_list="0\n")
    index(tmp_path, 1, level="2\n", type="Instruction\n", size="4096K\n", shared_cpu_list="0\n")
    index(tmp_path, 2, level="2\n", type="Unified\n", size="512K\n", shared_cpu_list="0,64\n")
    index(tmp_path, 3, level="3\n", type="Unified\n", size="32768K\n", shared_cpu_list="0-7\n")
    assert caches.of_linux(tmp_path) == 2**19


@pytest.mark.parametrize(
    ("size", "cpus", "bytes_of_one"),
    [
        ("1M", "0", 2**20),
        ("1024K", "0-1", 2**20),
        ("4M", "0-3", 2**21),  # four cores around one cache
        ("12M", "0-5", 2**22),
        ("524288", "0", 2**19),
        ("2M", "", 2**21),
    ],
)
def test_a_cache_that_several_cores_share_is_divided(tmp_path: Path, size: str, cpus: str, bytes_of_one: int) -> None:
    index(tmp_path, 2, level="2", type="Unified", size=size, shared_cpu_list=cpus)
    assert caches.of_linux(tmp_path) == bytes_of_one


@pytest.mark.parametrize(
    "size", ["", "0K", "-1", "K", "512 K", "many", "1e6", "0x80000", "\xff\xfe", "9" * 40, "512KiB"]
)
def test_a_size_that_is_none_counts_as_no_answer(tmp_path: Path, size: str) -> None:
    index(tmp_path, 2, level="2", type="Unified", size=size, shared_cpu_list="0")
    assert caches.of_linux(tmp_path) == 0


@given(st.text(), st.text(), st.text())
def test_no_text_is_too_odd_to_be_read(size: str, cpus: str, level: str) -> None:
    assert caches.read_size(size) >= 0
    assert caches.read_cpus(cpus) >= 0
    assert caches.read_cpus(level + cpus) >= 0


def test_files_that_are_missing_count_as_no_answer(tmp_path: Path) -> None:
    index(tmp_path, 2, level="2", type="Unified")
    (tmp_path / "index3").write_text("not a folder")
    assert caches.of_linux(tmp_path) == 0
    assert caches.of_linux(tmp_path / "nowhere") == 0


@pytest.mark.parametrize(
    "fault", [OSError(), ValueError("unrecognized configuration name"), AttributeError(), TypeError(), ImportError()]
)
def test_a_machine_that_cannot_answer_gets_a_sane_size(
    monkeypatch: pytest.MonkeyPatch, asked_anew: None, fault: Exception
) -> None:
    def refuse() -> int:
        raise fault

    for source in ("of_linux", "of_sysconf", "of_darwin"):
        monkeypatch.setattr(caches, source, refuse)
    assert caches.level2() == caches.DEFAULT


@pytest.mark.parametrize(
    ("said", "taken"), [(2**10, caches.LEAST), (2**19, 2**19), (2**40, caches.MOST), (-1, caches.DEFAULT)]
)
def test_what_a_machine_says_is_taken_within_reason(
    monkeypatch: pytest.MonkeyPatch, asked_anew: None, said: int, taken: int
) -> None:
    monkeypatch.setattr(caches, "of_linux", lambda: 0)
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_LEVEL2_CACHE_SIZE": said}[name])
    monkeypatch.setattr(caches, "of_darwin", lambda: 0)
    assert caches.level2() == taken


def test_a_share_of_the_cache_follows_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "level2", lambda: 2**19)
    assert caches.cache_bytes(3 / 8) == 3 * 2**16


def test_this_machine_answers_within_reason() -> None:
    assert caches.LEAST <= caches.level2() <= caches.MOST


def test_bands_that_are_computed_side_by_side_are_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "level2", lambda: 2**19)
    seen: list[int] = []
    before = threads.get_num_threads()
    try:
        threads.set_num_threads(2)
        threads.over_rows(lambda start, stop: seen.append(threads.tile_bytes(1 / 2)), 8, worth_it=True)
        threads.over_rows(lambda start, stop: seen.append(threads.tile_bytes(1 / 2)), 8, worth_it=False)
    finally:
        threads.set_num_threads(before)
    assert seen == [2**20, 2**20, 2**18]


def test_a_band_that_fails_leaves_its_thread_as_it_was() -> None:
    def fail(start: int, stop: int) -> None:
        raise ValueError(start)

    with pytest.raises(ValueError, match="3"):
        threads.beside(fail, 3, 4)
    assert threads.tile_bytes(1) == caches.cache_bytes(1)
