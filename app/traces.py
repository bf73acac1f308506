"""Traces of requests, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector and OpenTelemetry is installed."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
SERVICE = "kernelwalk"
FAILED = 500

tracer: Any = None


def wanted() -> bool:
    return any(os.environ.get(name) for name in ENDPOINTS) and os.environ.get("OTEL_SDK_DISABLED", "") != "true"


def start() -> None:
    """Sends spans in the background from now on; without a collector nothing of it is loaded."""
    global tracer
    if not wanted():
        return
    if find_spec("opentelemetry.sdk") is None or find_spec("opentelemetry.exporter.otlp.proto.http") is None:
        raise RuntimeError("traces need OpenTelemetry, which is not installed: pip install kernelwalk[traces]")
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME", SERVICE)
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer(SERVICE)
    tracer.provider = provider


def stop() -> None:
    """Sends what has not been sent yet."""
    global tracer
    if tracer is not None:
        tracer.provider.shutdown()
        tracer = None


def span(scope: Scope) -> AbstractContextManager[Any]:
    """A span of the server, below the one that the request names (traceparent)."""
    if tracer is None:
        return nullcontext()
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    parent = extract(dict(Headers(scope=scope)))
    made: AbstractContextManager[Any] = tracer.start_as_current_span(
        scope["method"], parent, SpanKind.SERVER, record_exception=False
    )
    return made


def told(span: Any, method: str, route: str, status: int) -> None:
    """Names the span by the template of the address, as metrics do."""
    if span is None:
        return
    from opentelemetry.trace import StatusCode

    span.update_name(f"{method} {route}")
    span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": status})
    if status >= FAILED:
        span.set_status(StatusCode.ERROR)
