"""The server inside the test's own process, where its inner life can be watched; still a real socket."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from pydantic import BaseModel

from app.http.protocol import BoundedProtocol
from app.http.server import GracefulServer
from app.main import create_app
from app.settings import Settings

PATIENCE = 30.0


@contextmanager
def serving(store: Path, **settings: Any) -> Iterator[int]:
    """Serves with these settings on a free port, which it gives."""
    chosen = Settings(store=store, **settings)
    bounds = {"read_deadline": chosen.read_deadline, "most_connections": chosen.max_connections}
    protocol = type("Protocol", (BoundedProtocol,), bounds)
    config = uvicorn.Config(
        create_app(chosen),
        port=0,
        http=protocol,
        ws="none",
        log_level="warning",
        timeout_graceful_shutdown=1,
        root_path=chosen.root_path,
    )
    server = GracefulServer(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    eventually(lambda: server.started)
    try:
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        running.join(PATIENCE)


def eventually(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """Waits until something holds; fails when it does not in time."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def got(server: str, path: str, model: type[BaseModel], **words: Any) -> dict[str, Any]:
    """An answer that is there, and keeps its model."""
    answer = httpx.get(f"{server}/api/{path}", params=words)
    assert answer.status_code == 200, answer.text
    model.model_validate_json(answer.content)
    told: dict[str, Any] = answer.json()
    return told
