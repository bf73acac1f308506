"""Where normalised pictures are kept: a small port, and a folder behind it."""

from __future__ import annotations

import errno
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from app import metrics
from app.errors import Refusal

ID = re.compile(r"[0-9a-f]{32}")
UNFINISHED = ".unfinished-"
UNFINISHED_FOR = 60.0  # seconds after which no writer can still be at it

FULL, UNREACHABLE = 507, 503


RETRY_AFTER = 2  # seconds
PIECE = 256 * 1024  # bytes of a picture that pass through at a time


class StoreError(Refusal):
    """The store cannot do its work now; where that may pass, the same may be asked again."""

    def __init__(self, status: int, rule: str) -> None:
        super().__init__(status, rule, field="store")
        metrics.STORE_ERRORS.labels(str(status)).inc()
        self.retry_after = RETRY_AFTER if status == UNREACHABLE else None


class Store(Protocol):
    """What the server asks of a store. A picture under an id never changes; an unknown or odd id is just absent."""

    def put(self, picture_id: str, png: bytes) -> None: ...

    def get(self, picture_id: str, most: int | None = None) -> bytes | None:
        """All of a picture, or so many of its first bytes."""

    def opened(self, picture_id: str) -> tuple[int, Iterator[bytes]] | None:
        """The size of a picture in bytes, and its pieces as they are read."""

    def has(self, picture_id: str) -> bool: ...

    def delete(self, picture_id: str) -> bool: ...

    def ids(self) -> Iterator[str]: ...

    def writable(self) -> bool:
        """Whether a picture could be kept now; for /readyz."""

    def prune(self, keep_days: float) -> list[str]:
        """Removes pictures older than that many days and says which; 0 keeps all."""


class LocalStore:
    """A folder of PNG files, sharded by the first two letters of their ids.

    A picture is written beside its place, flushed to disk and then renamed: it is there whole or not at all,
    whenever the writer is killed, and any number of processes may share the folder.
    """

    def __init__(self, folder: Path, quota_bytes: int = 0) -> None:
        self.folder = Path(folder)
        self.quota_bytes = quota_bytes
        self.kept_bytes: int | None = None
        self.lock = threading.Lock()
        with suppress(OSError):
            self.sweep()

    def put(self, picture_id: str, png: bytes) -> None:
        """Keeps a picture; the same one again costs nothing, and begins its days anew."""
        place = self.place(picture_id)
        if place is None:
            raise ValueError("not the id of a picture")
        try:
            if place.is_file():
                os.utime(place)
                return
            self.check_quota(len(png))
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, png)
        except OSError as error:
            raise refusal(error) from error
        self.count(len(png))

    def get(self, picture_id: str, most: int | None = None) -> bytes | None:
        place = self.place(picture_id)
        if place is None:
            return None
        try:
            with place.open("rb") as file:
                return file.read(-1 if most is None else most)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise refusal(error) from error

    def opened(self, picture_id: str) -> tuple[int, Iterator[bytes]] | None:
        place = self.place(picture_id)
        if place is None:
            return None
        try:
            return place.stat().st_size, pieces(place)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise refusal(error) from error

    def has(self, picture_id: str) -> bool:
        place = self.place(picture_id)
        try:
            return place is not None and place.is_file()
        except OSError as error:
            raise refusal(error) from error

    def delete(self, picture_id: str) -> bool:
        """True when it was there."""
        place = self.place(picture_id)
        if place is None:
            return False
        try:
            size = place.stat().st_size
            place.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise refusal(error) from error
        self.count(-size)
        return True

    def ids(self) -> Iterator[str]:
        return (place.stem for place in self.pictures())

    def writable(self) -> bool:
        """Whether a picture could be kept now; for /readyz."""
        trial = self.folder / f"{UNFINISHED}{uuid4().hex}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            trial.touch()
            trial.unlink()
        except OSError:
            return False
        return True

    def prune(self, keep_days: float) -> list[str]:
        """Removes pictures older than that many days and says which; 0 keeps all."""
        if keep_days <= 0:
            return []
        oldest = time.time() - keep_days * 86_400
        return [place.stem for place in list(self.pictures()) if modified(place) < oldest and self.delete(place.stem)]

    def sweep(self) -> None:
        """Removes what killed writers left behind."""
        oldest = time.time() - UNFINISHED_FOR
        for left in self.folder.glob(f"*/{UNFINISHED}*"):
            if modified(left) < oldest:
                left.unlink(missing_ok=True)

    def place(self, picture_id: str) -> Path | None:
        """The file of an id; None for anything that is not one, so that no id can lead out of the folder."""
        return self.folder / picture_id[:2] / f"{picture_id}.png" if ID.fullmatch(picture_id) else None

    def pictures(self) -> Iterator[Path]:
        for shard in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from (place for place in sorted(shard.glob("*.png")) if ID.fullmatch(place.stem))

    def check_quota(self, more: int) -> None:
        if not self.quota_bytes:
            return
        with self.lock:
            if self.kept_bytes is None:
                self.kept_bytes = sum(place.stat().st_size for place in self.pictures())
            if self.kept_bytes + more > self.quota_bytes:
                raise OSError(errno.EDQUOT, "quota")

    def count(self, more: int) -> None:
        with self.lock:
            if self.kept_bytes is not None:
                self.kept_bytes += more


def pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def write_whole(place: Path, content: bytes) -> None:
    """Writes a file so that its name never stands for a part of it."""
    unfinished = place.with_name(f"{UNFINISHED}{uuid4().hex}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    flush_folder(place.parent)


def flush_folder(folder: Path) -> None:
    """Makes the new name itself survive a loss of power, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def modified(place: Path) -> float:
    """When a file was last written; the far future when it is gone."""
    try:
        return place.stat().st_mtime
    except OSError:
        return float("inf")


def refusal(error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreError(FULL, "there is no room left for pictures on this server: its operator has to make some")
    return unreachable()


def unreachable() -> StoreError:
    return StoreError(UNREACHABLE, "pictures cannot be kept or read on this server now: try again later")
