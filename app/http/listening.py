"""Whether an address can be listened on, asked before anything long begins, and said in a sentence where it cannot."""

from __future__ import annotations

import errno
import os
import socket

from app.settings import PREFIX, SettingsError

ANYWHERE = "127.0.0.1 is for this machine alone, 0.0.0.0 for every network it has"
REFUSALS = {
    errno.EADDRINUSE: ("PORT", "another program listens there: choose another port, or 0 to let the system choose"),
    errno.EACCES: ("PORT", "only administrators may listen there: choose a port from 1024 up, such as 8000"),
    errno.EADDRNOTAVAIL: ("HOST", f"this machine has no such address: {ANYWHERE}"),
}


def check_address(host: str, port: int) -> None:
    """Refuses  what the system does not let this program listen on (SettingsError)"""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise refusal("HOST", host, f"nobody here knows an address of that name: {ANYWHERE}") from None
    for family, kind, protocol, _, address in found:
        try:
            trial = socket.socket(family, kind, protocol)
        except OSError:  # a kind of network that this machine has not
            continue
        with trial:
            if os.name == "posix":  # elsewhere it would share the port with whoever has it
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                trial.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                trial.bind(address)
            except OSError as error:
                name, rule = REFUSALS.get(error.errno or 0, ("HOST", error.strerror or str(error)))
                raise refusal(name, port if name == "PORT" else host, rule) from None


def refusal(name: str, value: object, rule: str) -> SettingsError:
    return SettingsError([f"{PREFIX}{name} is {str(value)!r}: {rule}"])
