"""What compose.yaml starts, without containers: replicas that share a folder, and nginx with its memory before them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running import ROOT, Server, free_port, start_server
from tests.services import Service

CONF = ROOT / "examples" / "replicas" / "nginx.conf"
PLACES = os.pathsep.join(("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", os.environ.get("PATH", "")))


@dataclass(frozen=True, slots=True)
class Replicas:
    """The proxy's address, and the servers behind it."""

    url: str
    servers: list[Server]
    proxy: Service


def nginx() -> str | None:
    """Where nginx is; nothing where it is not."""
    return shutil.which("nginx", path=PLACES)


@contextmanager
def replicas(folder: Path, count: int = 2, **settings: str) -> Iterator[Replicas]:
    """Starts them, and ends them."""
    program = nginx()
    if program is None:
        sys.exit("nginx is not here: apt-get install nginx-light, or brew install nginx")
    with ExitStack() as ending:
        servers = []
        for number in range(count):
            place = folder / f"replica-{number}"
            place.mkdir(parents=True)
            servers.append(start_server(place, **{"KERNELWALK_STORE": str(folder / "pictures"), **settings}))
            ending.callback(servers[-1].stop)
        proxy = ending.enter_context(proxy_of(program, folder / "proxy", servers))
        yield Replicas(f"http://127.0.0.1:{proxy.port}", servers, proxy)


def proxy_of(program: str, folder: Path, servers: list[Server]) -> Service:
    """nginx as it is set up for containers, at other places."""
    (folder / "answers").mkdir(parents=True)
    port = free_port()
    here = {
        "server one:8000;": f"server 127.0.0.1:{servers[0].port};",
        "server two:8000;": "".join(f"server 127.0.0.1:{server.port};" for server in servers[1:]),
        "listen 8000;": f"listen 127.0.0.1:{port};",
        "/tmp/nginx.pid": str(folder / "pid"),
        "/var/cache/nginx/answers": str(folder / "answers"),
        "/dev/stdout": str(folder / "requests"),
        "/dev/stderr": str(folder / "errors"),
    }
    text = CONF.read_text()
    for there, place in here.items():
        assert there in text, there
        text = text.replace(there, place)
    conf = folder / "nginx.conf"
    owner = "user root;\n" if os.geteuid() == 0 else ""  # its workers would else be nobody, who may not write here
    conf.write_text(f"daemon off;\n{owner}{text}")
    words = [program, "-c", str(conf), "-p", str(folder), "-e", str(folder / "errors")]
    checked = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    return Service(folder, words, port)
