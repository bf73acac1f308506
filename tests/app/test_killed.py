"""What a server said that it keeps is there after it was killed; `python -m benchmarks kills` does it fifty times."""

from __future__ import annotations

from pathlib import Path

from tests.killing import acknowledged_before_kills, lost_or_damaged


def test_no_acknowledged_upload_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    kept = acknowledged_before_kills(tmp_path, 3)
    assert len(kept) > 3
    assert lost_or_damaged(tmp_path, kept) == []
