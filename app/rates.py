"""So much in a span of time, of one client and of all: who asks for more is told when to come back."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app import metrics
from app.errors import Busy
from app.kinds import span_of
from app.lanes import CLIENT
from app.settings import Settings
from core.texts import Text

if TYPE_CHECKING:
    from app.counts import Counts

ASKED = Text("more was asked from your address than one client may: try again in {minutes} {minutes|minute/minutes}")
UPLOADED = Text(
    "more was uploaded from your address than one client may: try again in {minutes} {minutes|minute/minutes}"
)
FULL = Text("more was uploaded than this server takes: try again in {minutes} {minutes|minute/minutes}")
RULES = {
    "requests": {"request_rate_a_client": ASKED},
    "uploads": {"upload_rate_a_client": UPLOADED, "upload_rate": FULL},
    "bytes": {"upload_bytes_a_client": UPLOADED},
}
A_CLIENT, EVERYBODY = "_a_client", "everybody"
AGAIN = 2.0  # seconds after which a store that did not answer is asked again

log = logging.getLogger("kernelwalk")


@dataclass(frozen=True, slots=True)
class Rule:
    """At most so much in so many seconds."""

    name: str  # of the setting
    most: int
    seconds: int
    told: Text


class Rates:
    """Counts by the rules of the settings, in the memory of this process or in one that servers share.

    A shared memory that does not answer refuses nobody: this process counts alone until it does.

    >>> Rates(Settings()).rules["uploads"]
    []
    """

    alone: Counts
    shared: Counts | None = None

    def __init__(self, settings: Settings) -> None:
        self.rules = {what: list(rules_of(settings, told)) for what, told in RULES.items()}
        self.key = blake2b(settings.limits_store.encode()).digest()[: blake2b.MAX_KEY_SIZE]
        self.again = 0.0
        if any(self.rules.values()):
            self.open(settings.limits_store)

    def open(self, store: str) -> None:
        """What counts is loaded where something is counted."""
        if find_spec("limits") is None or (store and find_spec("valkey") is None):
            raise RuntimeError("rates need a library that is not installed: pip install kernelwalk[valkey]")
        from app.counts import Counts

        self.alone, self.shared = Counts(), Counts(store) if store else None

    async def count(self, what: str, cost: int = 1) -> None:
        """Counts a request, an upload or its bytes.

        Refuses  what is more than a rule allows (Busy)
        """
        for rule in self.rules[what]:
            wait = await self.wait(rule, cost)
            if wait is not None:
                raise Busy(rule.told, max(1, math.ceil(wait)), minutes=max(1, math.ceil(wait / 60)))

    async def wait(self, rule: Rule, cost: int) -> float | None:
        """Seconds until there may be room; none where it was counted."""
        counted = rule.name, rule.most, rule.seconds, self.whose(rule), cost
        if self.shared and time.monotonic() >= self.again:
            try:
                return await self.shared.wait(*counted)
            except self.shared.failures as error:
                self.again = time.monotonic() + AGAIN
                metrics.LIMITS_AWAY.inc()
                log.warning("the store of limits does not answer: this server counts alone (%s)", error)
        return await self.alone.wait(*counted)

    def whose(self, rule: Rule) -> str:
        """Whose count it is: no address can be read from what is kept."""
        if not rule.name.endswith(A_CLIENT):
            return EVERYBODY
        return blake2b(CLIENT.get().encode(), key=self.key, digest_size=12).hexdigest()


def rules_of(settings: Settings, told: dict[str, Text]) -> Iterator[Rule]:
    for name, text in told.items():
        rate = getattr(settings, name)
        if rate:
            yield Rule(name, *span_of(rate), text)


def client_of(address: str) -> str:
    """The client behind an address: of IPv6 whoever is given one has all that share its first half.

    >>> client_of("192.0.2.7"), client_of("2001:db8::7"), client_of("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))
