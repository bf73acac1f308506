"""Pictures in an object store, a real one: shared, never lost once acknowledged, refused cleanly while it is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.pictures.bucket import BucketStore
from app.pictures.png import encode_png
from app.pictures.store import LocalStore, Store, StoreError
from tests.app.serving import eventually
from tests.running import Server
from tests.services import BUCKET, ObjectStore

ONE, TWO = "0123456789abcdef" * 2, "f" * 32
SECOND = 1 / 86_400  # in days


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    started = ObjectStore(tmp_path_factory.mktemp("objects") / "store")
    with pytest.MonkeyPatch.context() as variables, started:
        variables.delenv("SSL_CERT_DIR")  # the client of the store wants the machine's certificates, used or not
        for name, value in started.variables.items():
            variables.setenv(name, value)
        eventually(BucketStore(f"s3://{BUCKET}/first").writable, patience=60)
        yield started


@pytest.fixture
def bucket(objects: ObjectStore, request: pytest.FixtureRequest) -> BucketStore:
    """A corner of the bucket for each test."""
    return BucketStore(f"s3://{BUCKET}/{request.node.name.partition('[')[0]}")


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return LocalStore(tmp_path)
    found: Store = request.getfixturevalue("bucket")
    return found


def test_what_is_put_is_got(store: Store) -> None:
    store.put(ONE, b"a picture")
    store.put(TWO, b"another")
    assert (store.get(ONE), store.get(ONE, 3), store.has(ONE), sorted(store.ids())) == (
        b"a picture", b"a p", True, [ONE, TWO],
    )  # fmt: skip


def test_a_large_picture_comes_in_pieces(store: Store) -> None:
    content = bytes(range(256)) * 8000
    store.put(ONE, content)
    found = store.opened(ONE)
    assert found is not None
    pieces = list(found[1])
    assert (found[0], b"".join(pieces), len(pieces) > 1) == (len(content), content, True)


def test_what_was_never_put_is_absent_and_what_is_deleted_is_gone(store: Store) -> None:
    assert (store.get(ONE), store.get(ONE, 9), store.opened(ONE), store.has(ONE)) == (None, None, None, False)
    store.put(ONE, b"a picture")
    assert (store.delete(ONE), store.delete(ONE), store.get(ONE), list(store.ids())) == (True, False, None, [])


@pytest.mark.parametrize("odd", ["", "..", "../../etc/passwd", ONE + "\n", ONE.upper(), ONE[:-1], "é" * 32])
def test_an_odd_id_leads_nowhere(store: Store, odd: str) -> None:
    assert (store.get(odd), store.opened(odd), store.has(odd), store.delete(odd)) == (None, None, False, False)
    with pytest.raises(ValueError, match="not the id of a picture"):
        store.put(odd, b"")


def test_the_same_picture_is_one_object_that_is_written_once(bucket: BucketStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: bucket.put(ONE, b"a picture"), range(24)))
    ((_, written),) = bucket.pictures()
    time.sleep(1.1)  # S3 counts whole seconds
    bucket.put(ONE, b"a picture")
    assert list(bucket.pictures()) == [(ONE, written)]


def test_a_picture_is_removed_when_its_days_are_over_unless_it_was_uploaded_again(bucket: BucketStore) -> None:
    counting = BucketStore(f"s3://{BUCKET}/{bucket.objects.prefix}", keep_days=3 * SECOND)
    counting.put(ONE, b"old")
    counting.put(TWO, b"uploaded again")
    time.sleep(4)
    counting.put(TWO, b"uploaded again")
    assert (counting.prune(0), counting.prune(3 * SECOND), list(counting.ids())) == ([], [ONE], [TWO])


def test_other_objects_below_the_prefix_are_no_pictures(bucket: BucketStore) -> None:
    bucket.put(ONE, b"a picture")
    assert bucket.writable()  # leaves an object of its own
    assert list(bucket.ids()) == [ONE]


def test_wrong_keys_are_a_refusal(objects: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    stranger = BucketStore(f"s3://{BUCKET}/stranger")
    with pytest.raises(StoreError) as caught:
        stranger.put(ONE, b"a picture")
    assert (caught.value.status, caught.value.retry_after, stranger.writable()) == (503, 2, False)


# --- servers


def picture(number: int) -> bytes:
    return encode_png(np.random.default_rng(number).integers(0, 256, (1, 24, 24), np.uint8))


def upload(server: Server, number: int) -> httpx.Response:
    return httpx.post(f"{server}/api/images", content=picture(number), timeout=60)


def test_what_one_server_keeps_every_other_serves(objects: ObjectStore, new_server: Callable[..., Server]) -> None:
    first, second = (new_server(**objects.settings("shared")) for _ in range(2))
    told = upload(first, 0)
    again = upload(second, 0)
    assert (told.status_code, again.status_code, again.json()["id"]) == (201, 201, told.json()["id"])
    address = f"/api/images/{told.json()['id']}"
    answers = [httpx.get(f"{server}{address}") for server in (first, second)]
    assert [answer.content for answer in answers] == [picture(0)] * 2
    tag = answers[0].headers["etag"]
    assert answers[1].headers["etag"] == tag
    assert httpx.get(f"{second}{address}", headers={"If-None-Match": tag}).status_code == 304
    assert httpx.head(f"{second}{address}").headers["content-length"] == str(len(picture(0)))
    line = f"image:{told.json()['id']} | box-3"
    maps = [httpx.get(f"{server}/api/feature-map", params={"scene": line}) for server in (first, second)]
    assert maps[0].content == maps[1].content
    assert httpx.get(f"{second}/api/images/{TWO}").status_code == 404


def test_a_killed_store_loses_no_acknowledged_upload_and_is_told_of(
    objects: ObjectStore, new_server: Callable[..., Server]
) -> None:
    server = new_server(**objects.settings("killed"), KERNELWALK_DECODE_QUEUE="64")
    assert httpx.get(f"{server}/readyz").status_code == 200
    with ThreadPoolExecutor(6) as threads:
        uploads = [threads.submit(upload, server, number) for number in range(1, 61)]
        eventually(lambda: sum(one.done() for one in uploads) >= 10)
        objects.kill()
        answers = [one.result() for one in uploads]
    refused = [answer for answer in answers if answer.status_code != 201]
    assert {answer.status_code for answer in refused} == {503}
    assert all(answer.headers["retry-after"] == "2" and answer.json()["field"] == "store" for answer in refused)
    away = httpx.get(f"{server}/readyz", timeout=30)
    assert (away.status_code, httpx.get(f"{server}/healthz").status_code) == (503, 200)
    assert httpx.get(f"{server}/api/scene", params={"scene": "cat 64 | sobel"}).status_code == 200
    lost = httpx.get(f"{server}/api/scene", params={"scene": f"image:{TWO} | box-3"}, timeout=30)
    assert (lost.status_code, lost.headers["retry-after"]) == (503, "2")
    objects.start()
    eventually(lambda: httpx.get(f"{server}/readyz", timeout=30).status_code == 200, patience=60)
    for answer in answers:
        if answer.status_code == 201:
            eventually(partial(is_kept, server, answer.json()["id"]), patience=60)
    eventually(lambda: upload(server, 60).status_code == 201, patience=60)


def is_kept(server: Server, picture_id: str) -> bool:
    """A store that has just started knows its names before it gives its contents: until then it is away, not empty."""
    status = httpx.get(f"{server}/api/images/{picture_id}", timeout=30).status_code
    assert status in (200, 503)
    return status == 200
