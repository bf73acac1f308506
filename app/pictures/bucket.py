"""Pictures in any object store that speaks S3: one object a picture, shared by any number of servers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from app.pictures.store import ID, PIECE, StoreError, unreachable

CONNECT, ANSWER, ALL_TRIES = timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=6)
TRIES = 4
FIRST_WAIT, LONGEST_WAIT = timedelta(milliseconds=100), timedelta(seconds=2)
REST = 2.0  # seconds in which a store that was away is not asked again, so that nothing queues up before it
TRIAL = "trial"


class BucketStore:
    """The objects below a prefix of a bucket, named `01/0123....png` as the files of a folder are.

    Where the bucket lies and who may write it is told by the variables that other programs read too: AWS_ENDPOINT_URL,
    AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and so on. Each call is bounded in time and tried again with
    growing pauses; what still fails is refused as unreachable, and nothing is told to be kept that is not.
    """

    def __init__(self, address: str, keep_days: float = 0.0) -> None:
        bucket, _, prefix = address.removeprefix("s3://").partition("/")
        self.keep_days = keep_days
        self.rests_until = 0.0
        self.tried = False
        self.lock = threading.Lock()
        self.objects = S3Store(
            bucket,
            prefix=prefix.rstrip("/") or None,
            client_options={"allow_http": True, "connect_timeout": CONNECT, "timeout": ANSWER},
            retry_config={
                "max_retries": TRIES,
                "retry_timeout": ALL_TRIES,
                "backoff": {"init_backoff": FIRST_WAIT, "max_backoff": LONGEST_WAIT, "base": 2},
            },
        )

    def put(self, picture_id: str, png: bytes) -> None:
        """Keeps a picture; the same one again is the same object, which begins its days anew where they are counted."""
        name = name_of(picture_id)
        if name is None:
            raise ValueError("not the id of a picture")
        with self.asked():
            try:
                obstore.put(self.objects, name, png, mode="create")
            except AlreadyExistsError:
                if self.keep_days:
                    obstore.put(self.objects, name, png, mode="overwrite")

    def get(self, picture_id: str, most: int | None = None) -> bytes | None:
        name = name_of(picture_id)
        if name is None:
            return None
        with self.asked():
            try:
                if most is not None:
                    return bytes(obstore.get_range(self.objects, name, start=0, length=most))
                return bytes(obstore.get(self.objects, name).bytes())
            except FileNotFoundError:
                return None

    def opened(self, picture_id: str) -> tuple[int, Iterator[bytes]] | None:
        name = name_of(picture_id)
        if name is None:
            return None
        with self.asked():
            try:
                found = obstore.get(self.objects, name)
            except FileNotFoundError:
                return None
        return int(found.meta["size"]), map(bytes, found.stream(min_chunk_size=PIECE))

    def has(self, picture_id: str) -> bool:
        name = name_of(picture_id)
        if name is None:
            return False
        with self.asked():
            try:
                obstore.head(self.objects, name)
            except FileNotFoundError:
                return False
        return True

    def delete(self, picture_id: str) -> bool:
        """True when it was there."""
        if not self.has(picture_id):
            return False
        with self.asked():
            obstore.delete(self.objects, str(name_of(picture_id)))
        return True

    def ids(self) -> Iterator[str]:
        return (picture_id for picture_id, _ in self.pictures())

    def writable(self) -> bool:
        """Whether a picture could be kept now: the first time by keeping one, later by asking."""
        try:
            with self.asked():
                if not self.tried:
                    obstore.put(self.objects, TRIAL, b"", mode="overwrite")
                    self.tried = True
                else:
                    obstore.head(self.objects, TRIAL)
        except FileNotFoundError:
            self.tried = False  # somebody has emptied the bucket
            return self.writable()
        except StoreError:
            return False
        return True

    def prune(self, keep_days: float) -> list[str]:
        """Removes pictures older than that many days and says which; 0 keeps all."""
        if keep_days <= 0:
            return []
        oldest = datetime.now(UTC) - timedelta(days=keep_days)
        old = [picture_id for picture_id, written in self.pictures() if written < oldest]
        return [picture_id for picture_id in old if self.is_older(picture_id, oldest) and self.delete(picture_id)]

    def is_older(self, picture_id: str, oldest: datetime) -> bool:
        """Asked again just before it is removed: somebody may have uploaded it anew since the list was made."""
        with self.asked():
            try:
                return obstore.head(self.objects, str(name_of(picture_id)))["last_modified"] < oldest
            except FileNotFoundError:
                return False

    def pictures(self) -> Iterator[tuple[str, datetime]]:
        """Each picture, and when it was last written."""
        with self.asked():
            for page in obstore.list(self.objects):
                for found in page:
                    picture_id = found["path"].rpartition("/")[2].removesuffix(".png")
                    if found["path"] == name_of(picture_id):
                        yield picture_id, found["last_modified"]

    def asked(self) -> Asked:
        return Asked(self)


class Asked:
    """One call of the store: every failure of it is a refusal, and after one the next calls need not wait as long."""

    def __init__(self, store: BucketStore) -> None:
        self.store = store

    def __enter__(self) -> None:
        if time.monotonic() < self.store.rests_until:
            raise unreachable()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, BaseError) and not isinstance(error, FileNotFoundError):
            self.store.rests_until = time.monotonic() + REST
            raise unreachable() from error


def name_of(picture_id: str) -> str | None:
    """The object of an id; None for anything that is not one."""
    return f"{picture_id[:2]}/{picture_id}.png" if ID.fullmatch(picture_id) else None
