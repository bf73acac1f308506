"""Under which hosts this server is known: what it writes an address in full under, and what it repeats to nobody."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

NAME: Final = r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]{2,45}\]"
HOST: Final = re.compile(rf"(?P<name>{NAME})(:(?P<port>[0-9]{{1,5}}))?")
ENTRY: Final = re.compile(rf"\*|(\*\.)?({NAME})(:[0-9]{{1,5}})?")
EVERY: Final = "*"
OWN: Final = ("localhost", "127.0.0.1", "[::1]")  # of whoever sits at the machine, whatever port is passed on to ours
PORTS: Final = {"http": "80", "https": "443"}
RULE: Final = "must be hosts with commas between, such as lab.example.org, *.example.org or lab.example.org:8443"


class Hosts:
    """Knows a host by what the operator named, by the address a request came in at, and the machine's own names.

    >>> Hosts("lab.example.org").origin({"scheme": "https", "headers": [(b"host", b"lab.example.org")]})
    'https://lab.example.org'
    >>> Hosts("lab.example.org").origin({"scheme": "https", "headers": [(b"host", b"lab.example.com")]})
    ''
    """

    def __init__(self, allowed: str = "") -> None:
        self.allowed = tuple(entries(allowed))

    def origin(self, scope: Scope) -> str:
        """Scheme and host as the visitor's browser knows them; nothing where the host is none of ours."""
        scheme, host = str(scope["scheme"]), Headers(scope=scope).get("host", "")
        return f"{scheme}://{host}" if scheme in PORTS and self.knows(host, scope) else ""

    def knows(self, host: str, scope: Scope) -> bool:
        found = HOST.fullmatch(host)
        if not found:
            return False
        name, port = found["name"].lower(), found["port"] or PORTS.get(str(scope["scheme"]), "")
        if name in OWN or EVERY in self.allowed:
            return True
        return (name, port) == listened_on(scope) or any(fits(entry, name, port) for entry in self.allowed)


def entries(allowed: str) -> list[str]:
    """The hosts of a setting (ValueError for what is none).

    >>> entries("Lab.example.org, *.example.org:8443")
    ['lab.example.org', '*.example.org:8443']
    """
    found = [entry.strip().lower() for entry in allowed.split(",") if entry.strip()]
    if not all(ENTRY.fullmatch(entry) for entry in found):
        raise ValueError(RULE)
    return found


def fits(entry: str, name: str, port: str) -> bool:
    """An entry without a port stands for the usual ones.

    >>> fits("*.example.org", "lab.example.org", "443"), fits("*.example.org", "example.org", "443")
    (True, False)
    """
    known = HOST.fullmatch(entry.removeprefix("*."))
    if known is None or port not in ((known["port"],) if known["port"] else PORTS.values()):
        return False
    return name.endswith(f".{known['name']}") if entry.startswith("*.") else name == known["name"]


def listened_on(scope: Scope) -> tuple[str, str]:
    """The address of our end of the connection, as a host names it."""
    name, port = scope.get("server") or ("", None)
    return (f"[{name}]" if ":" in name else str(name)), str(port)
