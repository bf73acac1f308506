"""What every test may ask for: a real server, and rules that hold for the whole run."""

import os
from collections.abc import Callable, Generator, Iterator
from typing import Any

import hypothesis
import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG

from tests.running import FAILED, Server, start_server

# The build machine tries the same examples every time, so that a red build means a changed program.
hypothesis.settings.register_profile("kernelwalk", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("kernelwalk")

# An answer may take longer than five seconds where a machine is busy; that is no fault of what is tested.
DEFAULT_TIMEOUT_CONFIG.read = 60.0

# No test speaks TLS, and reading the machine's certificates for each request would take longer than its answer.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = os.devnull


@pytest.fixture(scope="session")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts servers with settings of their own: new_server(KERNELWALK_MAX_BYTES="1000"). All end with the run."""
    started: list[Server] = []

    def start(**settings: str) -> Server:
        started.append(start_server(tmp_path_factory.mktemp("server"), **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def running_server(new_server: Callable[..., Server]) -> Server:
    """The one server with default settings that most tests share: url, port, store, log."""
    return new_server()


@pytest.fixture(scope="session")
def server(running_server: Server) -> str:
    """The address of the shared server, without a slash at the end."""
    return running_server.url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Playwright keeps an event loop running once it has started, and asyncio allows one a thread: browsers come last.
    items.sort(key=lambda item: "browser" in item.path.parts)
    # What a browser shows is awaited, and on a machine that is busy elsewhere it may come too late: one that fails is
    # tried once more, and the summary names it.
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Server):
                report.sections.append(("server log", value.log_tail()))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        reporter.write_line("A skipped test proves nothing: remove it or make it run.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
