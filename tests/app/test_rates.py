"""Rates: so many requests, uploads and bytes in a span of time, counted by one server or by several together."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from valkey import Valkey

from app.children import SECRET
from app.rates import client_of
from app.settings import Settings, SettingsError
from tests.app.serving import eventually, serving
from tests.app.test_bucket import picture
from tests.running import Server, start_server
from tests.services import SharedMemory
from tools.browser import found_program

PROGRAM = found_program("redis-server")
HERE, THERE = "127.0.0.1", "127.0.0.9"


def upload(server: object, number: int, client: str = HERE, **headers: str) -> httpx.Response:
    """A picture of its own, from an address of the machine."""
    with httpx.Client(transport=httpx.HTTPTransport(local_address=client), timeout=60) as asking:
        return asking.post(f"{server}/api/images", content=picture(number), headers=headers)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_a_client_is_an_address_or_all_that_a_provider_gives_one_household(address: str, client: str) -> None:
    assert client_of(address) == client


def test_requests_beyond_their_rate_are_told_when_to_come_back(tmp_path: Path) -> None:
    with serving(tmp_path, request_rate_a_client="2/day") as port:
        url = f"http://127.0.0.1:{port}"
        assert [httpx.get(f"{url}/api/kernels").status_code for _ in range(3)] == [200, 200, 429]
        told = httpx.get(f"{url}/api/steps?scene=letter|relu", headers={"Accept-Language": "ko"})
        assert (told.status_code, 0 < int(told.headers["retry-after"]) <= 86_400) == (429, True)
        assert "분 뒤에 다시" in told.json()["detail"]
        assert {httpx.get(f"{url}{path}").status_code for path in ("/healthz", "/readyz", "/metrics")} == {200}
        page = httpx.get(f"{url}/gallery", headers={"Accept": "text/html"})
        assert (page.status_code, "try again in" in page.text) == (429, True)


def test_uploads_are_counted_for_each_client_and_for_all(tmp_path: Path) -> None:
    with serving(tmp_path, upload_rate_a_client="2/hour", upload_rate="3/hour") as port:
        url = f"http://127.0.0.1:{port}"
        assert [upload(url, number).status_code for number in range(3)] == [201, 201, 429]
        assert httpx.post(f"{url}/api/files", content=b"1 2; 3 4").status_code == 429
        answers = [upload(url, number, THERE) for number in range(2)]
        assert [answer.status_code for answer in answers] == [201, 429]
        assert "more was uploaded than this server takes" in answers[1].json()["detail"]
        assert httpx.get(f"{url}/api/kernels").status_code == 200


def test_bytes_are_counted_before_a_pixel_is_decoded(tmp_path: Path) -> None:
    size = len(picture(1))
    with serving(tmp_path, upload_bytes_a_client=f"{2 * size}/day") as port:
        url = f"http://127.0.0.1:{port}"
        assert [upload(url, 1).status_code for _ in range(3)] == [201, 201, 429]
        assert upload(url, 1, THERE).status_code == 201


def test_whoever_is_not_a_trusted_proxy_is_not_believed_to_be_somebody_else(tmp_path: Path) -> None:
    server = start_server(tmp_path, KERNELWALK_UPLOAD_RATE_A_CLIENT="1/hour")
    try:
        asked = [(HERE, "192.0.2.1"), (HERE, "192.0.2.2"), (HERE, "192.0.2.1"), (THERE, "192.0.2.3")]
        answers = [upload(server, 1, client, **{"X-Forwarded-For": said}) for client, said in asked]
        assert [answer.status_code for answer in answers] == [201, 201, 429, 201]
        assert upload(server, 1, THERE, **{"X-Forwarded-For": "192.0.2.4"}).status_code == 429
    finally:
        server.stop()


def test_children_and_complaints_do_not_hold_the_password_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(limits_store="valkey://:secret@limits:6379/0")
    assert "secret" not in settings.model_dump_json()
    assert SECRET == "KERNELWALK_LIMITS_STORE"
    monkeypatch.setenv(SECRET, "http://:secret@limits:6379/0")
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment()
    rule = "must be the address of a Valkey, such as valkey://limits:6379/0"
    assert caught.value.complaints == [f"{SECRET} is 'http://limits:6379/0': {rule}"]


# --- several servers. Where no Valkey can be had nothing is asked of it (tools/browser.py brings one to Debian).


@pytest.fixture(params=[PROGRAM] if PROGRAM else [])
def memory(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SharedMemory]:
    with SharedMemory(tmp_path / "memory", request.param) as started:
        yield started


@pytest.fixture
def replica(tmp_path: Path, memory: SharedMemory) -> Iterator[Callable[..., Server]]:
    """Starts servers that count together."""
    started: list[Server] = []

    def start(**settings: str) -> Server:
        place = tmp_path / f"replica-{len(started)}"
        place.mkdir()
        started.append(start_server(place, KERNELWALK_LIMITS_STORE=memory.address, **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def away(server: Server) -> float:
    lines = httpx.get(f"{server}/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("kernelwalk_limits_away_total "))


def test_replicas_count_together_and_keep_no_address(memory: SharedMemory, replica: Callable[..., Server]) -> None:
    one, two = (replica(KERNELWALK_UPLOAD_RATE_A_CLIENT="3/hour") for _ in range(2))
    asked = [(one, 1), (two, 2), (one, 3), (two, 4), (one, 5)]
    answers = [upload(server, number) for server, number in asked]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
    assert all(0 < int(answer.headers["retry-after"]) <= 3600 for answer in answers[3:])
    assert upload(two, 6, THERE).status_code == 201
    with Valkey(port=memory.port) as asking:
        kept = {name: asking.ttl(name) for name in asking.keys("*")}
    assert len(kept) == 2
    assert all(0 < seconds <= 2 * 3600 for seconds in kept.values())
    assert not any(b"127.0.0" in name for name in kept)


def test_a_memory_that_is_away_costs_no_upload(memory: SharedMemory, replica: Callable[..., Server]) -> None:
    one, two = (replica(KERNELWALK_UPLOAD_RATE_A_CLIENT="3/hour") for _ in range(2))
    assert [upload(server, 1).status_code for server in (one, two, one, two)] == [201, 201, 201, 429]
    memory.kill()
    assert [upload(two, number).status_code for number in range(4)] == [201, 201, 201, 429]  # what it counts alone
    assert upload(one, 1).status_code == 201
    assert away(one) >= 1 <= away(two)
    assert "counts alone" in one.log.read_text()
    memory.start()
    eventually(lambda: upload(two, 1).status_code == 201)  # counted together again, by a memory that forgot
    assert [upload(server, 2).status_code for server in (two, two)] == [201, 201]
    eventually(lambda: upload(one, 2).status_code == 429)


def test_a_memory_that_hangs_holds_nobody_up(memory: SharedMemory, replica: Callable[..., Server]) -> None:
    server = replica(KERNELWALK_REQUEST_RATE_A_CLIENT="1000/hour")
    assert memory.running
    memory.running.send_signal(signal.SIGSTOP)
    try:
        assert [httpx.get(f"{server}/api/kernels").status_code for _ in range(3)] == [200] * 3
        assert away(server) >= 1
    finally:
        os.kill(memory.running.pid, signal.SIGCONT)
