"""How much one core keeps close at hand, asked of the machine once: tiles and bands are cut to it.

What a pass writes and the next one reads should still lie in the core's own cache, the second level. Processors of one
year hold from 256 KiB to 2 MiB there, so no fixed size of a tile is right for all of them.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

DEFAULT = 2**19  # where no one answers: small enough for nearly every processor
LEAST, MOST = 2**18, 2**21  # smaller bands cost more in calls than they save; larger ones gained nothing
KIBI = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}
LINUX = Path("/sys/devices/system/cpu/cpu0/cache")
DARWIN = ("hw.perflevel0.l2cachesize", "hw.l2cachesize")


def cache_bytes(part: float, least: int = 0) -> int:
    """So much of the second level in bytes, but never less than `least`: `cache_bytes(1 / 2)` is half of it."""
    return max(int(level2() * part), least)


@cache
def level2() -> int:
    """Bytes of second-level cache that one core may call its own, within reason."""
    return next((min(max(size, LEAST), MOST) for size in answers() if size > 0), DEFAULT)


def answers() -> Iterator[int]:
    """What each source says; 0 where it does not know. None of them may fail: this only makes work faster."""
    for ask in (of_linux, of_sysconf, of_darwin):
        yield answer(ask)


def answer(ask: Callable[[], int]) -> int:
    try:
        return ask()
    except (OSError, ValueError, AttributeError, TypeError, ImportError):
        return 0


def of_linux(folder: Path = LINUX) -> int:
    """The largest second-level cache for data that Linux lists, less what other cores take of it."""
    found = [of_index(index) for index in sorted(folder.glob("index*"))]
    return max(found, default=0)


def of_index(index: Path) -> int:
    if written(index / "level") != "2" or written(index / "type") == "Instruction":
        return 0
    return read_size(written(index / "size")) // max(1, read_cpus(written(index / "shared_cpu_list")) // 2)


def written(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def read_size(text: str) -> int:
    """Bytes of `512K` or `1M`; 0 for anything else.

    >>> read_size("512K"), read_size("2M"), read_size("unknown")
    (524288, 2097152, 0)
    """
    found = re.fullmatch(r"([0-9]{1,9})([KMG]?)B?", text)
    return int(found[1]) * KIBI[found[2]] if found else 0


def read_cpus(text: str) -> int:
    """How many processors `0-3,8` names. Two are the threads of one core and may share; more are several cores.

    >>> read_cpus("0-3,8"), read_cpus("")
    (5, 0)
    """
    spans = re.findall(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", text)
    return sum(max(int(last or first) - int(first) + 1, 0) for first, last in spans)


def of_sysconf() -> int:
    """What the C library says."""
    return int(os.sysconf("SC_LEVEL2_CACHE_SIZE"))


def of_darwin() -> int:
    """What the kernel of macOS says, of its fast cores first."""
    ask = ctypes.CDLL(None).sysctlbyname
    for name in DARWIN:
        size, length = ctypes.c_uint64(0), ctypes.c_size_t(8)
        if ask(name.encode(), ctypes.byref(size), ctypes.byref(length), None, ctypes.c_size_t(0)) == 0 and size.value:
            return int(size.value)
    return 0
