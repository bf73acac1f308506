"""So many places in all, and so many for one client: who finds none is told to come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Busy
from app.lanes import CLIENT, RETRY_AFTER
from core.texts import Text

UPLOADING = Text("too many pictures are being uploaded: try again in a moment")
STREAMING = Text("too many streams of steps are open from your address: try again in a moment")


class Shares:
    """Places of this process, whose memory they guard; what servers count together are `Rates`.

    >>> shares = Shares(most=2, share=1)
    >>> with shares.place():
    ...     shares.taken
    1
    """

    def __init__(self, most: int, share: int, full: str = UPLOADING) -> None:
        self.most = most
        self.full = full
        self.share = share
        self.clients: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        return self.clients.total()

    @contextmanager
    def place(self) -> Iterator[None]:
        """For as long as it lasts, one place of the client who asks.

        Refuses  when all are taken, or all of this client's (Busy)
        """
        client = CLIENT.get()
        if self.taken >= self.most or self.clients[client] >= self.share:
            raise Busy(self.full, RETRY_AFTER)
        self.clients[client] += 1
        try:
            yield
        finally:
            self.clients[client] -= 1
            if not self.clients[client]:
                del self.clients[client]
