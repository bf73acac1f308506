"""What the server tells of its work: counted by all processes together, under bounded names, of nobody at all."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import numpy as np
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app import metrics
from app.pictures.png import encode_png
from tests.app.serving import eventually
from tests.running import ROOT, Server

SCENE = "cat 64 | sobel"


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    return new_server(KERNELWALK_WORKERS="2", KERNELWALK_LOG_FORMAT="json")


def told(server: Server) -> dict[str, float]:
    lines = httpx.get(f"{server}/metrics").text.splitlines()
    samples = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in samples}


def counted(server: Server, name: str, *labels: str) -> float:
    return sum(value for key, value in told(server).items() if key.startswith(name) and all(x in key for x in labels))


def ask(server: Server, path: str, **words: str) -> httpx.Response:
    """On a connection of its own, so that any worker may take it."""
    return httpx.get(f"{server}{path}", params=words, timeout=60)


def test_requests_of_all_workers_are_counted_together(server: Server) -> None:
    before = counted(server, "kernelwalk_requests_total", "/api/kernels")
    for _ in range(24):
        ask(server, "/api/kernels")
    assert counted(server, "kernelwalk_requests_total", "/api/kernels") == before + 24


def test_addresses_and_words_make_no_labels(server: Server) -> None:
    for number in range(5):
        ask(server, f"/api/images/{number:032x}")
        ask(server, f"/nothing/{number}")
        ask(server, "/api/scene", scene=f"cat 64 | sobel-{number}")
    names = told(server)
    assert not [name for name in names if re.search(r"/nothing|sobel-|0000000", name)]
    assert counted(server, "kernelwalk_requests_total", 'route="/api/images/{id}"', 'status="404"') >= 5
    assert counted(server, "kernelwalk_requests_total", 'route="none"') >= 5
    assert counted(server, "kernelwalk_refusals_total", 'status="422"', "{nearest}") >= 5


def test_steps_streams_times_and_the_memory_of_layers_are_counted(server: Server) -> None:
    before = counted(server, "kernelwalk_steps_total")
    assert ask(server, "/api/steps", scene=SCENE, stop="40").status_code == 200
    assert (
        httpx.post(f"{server}/api/images", content=encode_png(np.zeros((1, 9, 9), np.uint8)), timeout=60).status_code
        == 201
    )
    assert ask(server, "/render.svg", scene=SCENE, steps="0").status_code == 200
    assert counted(server, "kernelwalk_steps_total") == before + 40
    for name, label in (
        ("kernelwalk_child_seconds_count", "decoders"),
        ("kernelwalk_child_seconds_count", "renderers"),
        ("kernelwalk_cache_total", "yes"),
        ("kernelwalk_request_seconds_count", "/api/steps"),
        ("kernelwalk_sent_bytes_total", "/api/steps"),
    ):
        assert counted(server, name, label) > 0, name
    assert (counted(server, "kernelwalk_streams"), counted(server, "kernelwalk_asked")) == (0, 0)


def test_an_open_stream_is_counted_while_it_is_open(server: Server) -> None:
    with httpx.stream("GET", f"{server}/api/steps", params={"scene": "camera | sobel"}, timeout=60) as answer:
        pieces = answer.iter_raw()  # held: what is forgotten is closed
        next(pieces)
        assert counted(server, "kernelwalk_streams") == 1
    eventually(lambda: counted(server, "kernelwalk_streams") == 0, patience=60)


def test_a_killed_worker_is_replaced_and_what_it_counted_stays(server: Server) -> None:
    workers = children_of(server)
    serving = [number for number in workers if b"spawn_main" in cmdline(number)]
    assert len(serving) == 2
    before = counted(server, "kernelwalk_requests_total", "/api/kernels")
    os.kill(serving[0], signal.SIGKILL)
    eventually(lambda: children_of(server) - workers, patience=60)
    eventually(lambda: all(answers(server) for _ in range(8)), patience=60)
    assert counted(server, "kernelwalk_requests_total", "/api/kernels") >= before


def cmdline(number: int) -> bytes:
    return subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(number)], capture_output=True, check=False).stdout


def children_of(server: Server) -> set[int]:
    asked = ["ps", "-o", "pid=", "--ppid", str(server.running.pid)]
    asked = asked if sys.platform == "linux" else ["pgrep", "-P", str(server.running.pid)]
    return {int(number) for number in subprocess.run(asked, capture_output=True, check=False).stdout.split()}


def answers(server: Server) -> bool:
    try:
        return ask(server, "/healthz").status_code == 200
    except httpx.HTTPError:
        return False


# --- the log


def test_each_request_has_a_line_with_its_id_and_without_addresses_or_pictures(server: Server) -> None:
    name = "0123456789abcdef"
    headers = {"X-Request-ID": "from-a-proxy-77", "Accept": "application/json"}
    answer = httpx.get(f"{server}/api/images/{name * 2}", headers=headers)
    assert answer.headers["x-request-id"] == "from-a-proxy-77"
    eventually(lambda: "from-a-proxy-77" in server.log.read_text())
    (line,) = (line for line in server.log.read_text().splitlines() if "from-a-proxy-77" in line)
    written = json.loads(line)
    expected = {"method": "GET", "route": "/api/images/{id}", "status": 404, "level": "info"}
    assert expected.items() <= written.items()
    log = server.log.read_text()
    assert name not in log
    assert SCENE not in log
    assert not re.search(rf"127\.0\.0\.1:(?!{server.port})\d+", log)
    assert all(json.loads(line) for line in log.splitlines())


@pytest.mark.parametrize("odd", ["short", "x" * 65, "with space here", "<script>alert(1)", "semi;colon;x"])
def test_an_id_that_is_not_well_formed_is_not_taken(server: Server, odd: str) -> None:
    answer = httpx.get(f"{server}/nothing", headers={"X-Request-ID": odd, "Accept": "application/json"})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])
    assert odd not in server.log.read_text()


# --- traces


@pytest.fixture
def collector() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """Takes traces as any collector does: OTLP over HTTP."""
    taken: list[ExportTraceServiceRequest] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Taker) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}", taken
        listening.shutdown()


def test_a_request_is_a_span_below_the_one_it_names(
    collector: tuple[str, list[ExportTraceServiceRequest]], new_server: Callable[..., Server]
) -> None:
    address, taken = collector
    server = new_server(OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_BSP_SCHEDULE_DELAY="100")
    trace = "0af7651916cd43dd8448eb211c80319c"
    headers = {"traceparent": f"00-{trace}-b7ad6b7169203331-01"}
    assert httpx.get(f"{server}/api/scene", params={"scene": SCENE}, headers=headers).status_code == 200

    def spans() -> list[tuple[str, str, dict[str, object]]]:
        found = (s for t in taken for r in t.resource_spans for scope in r.scope_spans for s in scope.spans)
        return [(s.trace_id.hex(), s.name, {a.key: a.value.string_value for a in s.attributes}) for s in found]

    eventually(lambda: any(found[0] == trace for found in spans()), patience=60)
    ((_, name, facts),) = (found for found in spans() if found[0] == trace)
    assert (name, facts["http.route"], facts["http.request.method"]) == ("GET /api/scene", "/api/scene", "GET")
    assert SCENE not in str(taken)


# --- the dashboard


def test_the_dashboard_asks_for_numbers_that_the_server_tells() -> None:
    board = json.loads((ROOT / "examples" / "grafana" / "kernelwalk.json").read_text())
    asked = set(re.findall(r"kernelwalk_\w+", " ".join(panel["targets"][0]["expr"] for panel in board["panels"])))
    kinds = re.findall(r"(?m)^# TYPE (kernelwalk_\w+) (\w+)$", metrics.text().decode())
    given = {name + ("_bucket" if kind == "histogram" else "") for name, kind in kinds}
    assert asked == {name for name in given if not name.endswith("_created")}
