"""What several tests of the application begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.evaluation import Scenes
from app.mappers import Mappers
from app.pictures.store import LocalStore
from app.settings import Settings


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[Scenes]:
    made = Scenes(Settings(store=tmp_path), LocalStore(tmp_path))
    yield made
    made.close()


@pytest.fixture
def mappers(tmp_path: Path) -> Iterator[Mappers]:
    made = Mappers(Settings(store=tmp_path))
    yield made
    made.close()
