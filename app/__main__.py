"""Serves Kernelwalk: `python -m app`, with settings from KERNELWALK_ variables."""

from __future__ import annotations

import sys

import uvicorn

from app.http.protocol import BoundedProtocol
from app.http.server import run
from app.main import create_app
from app.settings import Settings, SettingsError


def main() -> int:
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return serve(settings)


def application() -> object:
    """What each server process runs."""
    settings = Settings.from_environment()
    BoundedProtocol.read_deadline = settings.read_deadline
    BoundedProtocol.most_connections = settings.max_connections
    return create_app(settings)


def serve(settings: Settings) -> int:
    """Until it is asked to stop; the exit status."""
    return run(
        uvicorn.Config(
            f"{__package__}.__main__:application",
            factory=True,
            host=settings.host,
            port=settings.port,
            root_path=settings.root_path,
            workers=settings.workers,
            loop="auto",
            http=BoundedProtocol,
            ws="none",
            lifespan="on",
            log_level=settings.log_level,
            access_log=settings.log_level in ("debug", "info"),
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            server_header=False,
            timeout_graceful_shutdown=max(1, round(settings.graceful_shutdown)),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
