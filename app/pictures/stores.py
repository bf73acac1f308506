"""Which store the settings name."""

from __future__ import annotations

from app.pictures.store import LocalStore, Store
from app.settings import Settings


def store_of(settings: Settings) -> Store:
    """A folder, or a bucket; the library that speaks with buckets is loaded for one alone."""
    if isinstance(settings.store, str):
        from app.pictures.bucket import BucketStore

        return BucketStore(settings.store, settings.keep_days)
    return LocalStore(settings.store, settings.quota_bytes)
