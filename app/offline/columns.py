"""Rows of one form as columns: neighbouring steps have nearly the same numbers, and columns of them compress well."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import orjson


def in_columns(rows: list[Any]) -> dict[str, Any]:
    """The same values, one column for each place in a row; `static/offline/columns.js` makes rows of them again.

    >>> in_columns([{"index": 0, "window": [3, 4]}, {"index": 2, "window": [5, 4]}, {"index": 4, "window": [9, 4]}])
    {'each': {'index': {'from': 0, 'by': 2}, 'window': {'list': [{'raw': [3, 5, 9]}, {'same': 4}]}}}
    """
    first = rows[0] if rows else None
    if len({orjson.dumps(row) for row in rows}) <= 1:  # as they are written: -0.0 is not 0.0, True is not 1
        return {"same": first}
    if isinstance(first, dict) and all(isinstance(row, dict) and row.keys() == first.keys() for row in rows):
        return {"each": {name: in_columns([row[name] for row in rows]) for name in first}}
    if isinstance(first, list) and all(isinstance(row, list) and len(row) == len(first) for row in rows):
        return {"list": [in_columns([row[place] for row in rows]) for place in range(len(first))]}
    if all(type(row) is int for row in rows):
        by = rows[1] - rows[0]
        if all(after - before == by for before, after in pairwise(rows)):
            return {"from": first, "by": by}
    return {"raw": rows}
