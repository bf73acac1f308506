"""Serves Kernelwalk with settings from KERNELWALK_ variables, until it is asked to stop."""

from __future__ import annotations

import gc
import sys

import uvicorn

from app import metrics
from app.http.listening import check_address
from app.http.protocol import BoundedProtocol
from app.http.server import run
from app.logs import configuration
from app.main import create_app
from app.settings import Settings, SettingsError
from core.networks.sets import DamagedWeights, weight_sets

PATIENCE = 30  # seconds in which a worker must have started, and then answer its parent: machines may be busy


def main() -> int:
    try:
        settings = Settings.from_environment()
        weight_sets()
        check_address(settings.host, settings.port)
    except (SettingsError, DamagedWeights) as error:
        print(error, file=sys.stderr)
        return 2
    return serve(settings)


def application() -> object:
    """What each server process runs."""
    settings = Settings.from_environment()
    BoundedProtocol.read_deadline = settings.read_deadline
    BoundedProtocol.most_connections = settings.max_connections
    made = create_app(settings)
    gc.freeze()  # what a start makes stays: nobody need look through it again
    gc.enable()
    return made


def serve(settings: Settings) -> int:
    """Until it is asked to stop; the exit status."""
    if settings.workers > 1:
        metrics.share()
        gc.enable()  # of a parent that only watches
    return run(
        uvicorn.Config(
            f"{__name__}:application",
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
            log_config=configuration(settings.log_format, settings.log_level),
            access_log=False,  # the log of requests is our own: theirs holds addresses
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            server_header=False,
            timeout_worker_healthcheck=PATIENCE,
            timeout_graceful_shutdown=max(1, round(settings.graceful_shutdown)),
        )
    )
