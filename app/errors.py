"""How a request is turned away: a status for the machine, a sentence for the person."""

from __future__ import annotations

import math

from core.errors import LONGEST_VALUE, SceneError, quoted
from core.texts import Say, in_english

BAD, ABSENT, SLOW, TOO_LARGE, MISTAKE, BUSY, BROKEN, MISSING, AWAY = 400, 404, 408, 413, 422, 429, 500, 501, 503
LARGEST_WHOLE = 2**53

Problem = dict[str, object]


class Refusal(ValueError):
    """`rule` is an English template, which is also its key in the message catalogues; `facts` fill it in.

    >>> str(Refusal(413, "at most {limit:,} pixels", limit=40000000))
    'at most 40,000,000 pixels'
    """

    retry_after: int | None = None  # seconds after which the same may be asked again

    def __init__(self, status: int, rule: str, field: str = "request", value: object = None, **facts: object) -> None:
        self.status = status
        self.rule = rule
        self.field = field
        self.value = value
        self.facts = facts
        super().__init__(self.detail())

    def detail(self, say: Say = in_english) -> str:
        """The sentence in the language that `say` speaks."""
        return say(self.rule, **self.facts)

    def advice(self, say: Say = in_english) -> str:
        """The same: a refusal says nothing beside its rule."""
        return self.detail(say)


class Busy(Refusal):
    """Too much waits already: the same may be asked again after so many seconds."""

    def __init__(self, rule: str, retry_after: int, **facts: object) -> None:
        super().__init__(BUSY, rule, field="request", value=None, **facts)
        self.retry_after = retry_after


class Interrupted(Refusal):
    """What was at it has been ended: the same may be asked again after so many seconds."""

    def __init__(self, rule: str, retry_after: int) -> None:
        super().__init__(AWAY, rule, field="server")
        self.retry_after = retry_after


def problem(detail: str, field: str, value: object, rule: str, fix: str | None = None) -> Problem:
    """The one shape of every refusal (app.models.errors.Problem); nothing is echoed in full."""
    mended = {} if fix is None else {"fix": fix}
    return {"detail": detail, "field": field, "value": echoed(value), "rule": rule, **mended}


def problem_of(error: SceneError | Refusal, say: Say) -> Problem:
    fix = error.fix if isinstance(error, SceneError) else None
    return problem(error.detail(say), error.field, error.value, error.advice(say), fix)


def echoed(value: object) -> object:
    """A value as an answer may repeat it: numbers and short texts as they are, of all else a glimpse.

    >>> echoed("x" * 100) == "x" * 77 + "...", echoed(2**70), echoed([1, 2])
    (True, '1180591620717411303424', '[1, 2]')
    """
    if isinstance(value, str):
        return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 3] + "..."
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST_WHOLE):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return quoted(value)
