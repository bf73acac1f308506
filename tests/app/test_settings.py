"""Settings: safe defaults, and an operator's slip is named rather than ignored."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from app.settings import Settings, SettingsError, by_variable, table

A_RATE = "a number in a span of time, such as 600/minute: second, minute, hour or day"


def settings_in(environment: dict[str, str]) -> Settings:
    """What a server started with these variables alone would be set to."""
    with mock.patch.dict(os.environ, environment, clear=True):
        return Settings.from_environment()


def complaints(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings_in(environment)
    return caught.value.complaints


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    settings = settings_in({"HOME": "/home/ada"})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.store == Path("/home/ada/.local/share/kernelwalk/pictures")
    assert settings.max_pixels == 40_000_000


def test_the_store_follows_the_data_folder_of_the_user() -> None:
    assert settings_in({"XDG_DATA_HOME": "/data"}).store == Path("/data/kernelwalk/pictures")
    assert settings_in({"KERNELWALK_STORE": "/pictures"}).store == Path("/pictures")


def test_every_setting_is_read_from_its_variable() -> None:
    environment = {"PORT": " 9_000 ", "LOG_LEVEL": "DEBUG", "GRACEFUL_SHUTDOWN": "2.5", "ROOT_PATH": ""}
    settings = settings_in({"KERNELWALK_" + name: text for name, text in environment.items()})
    assert (settings.port, settings.log_level, settings.graceful_shutdown) == (9000, "debug", 2.5)


def test_variables_of_other_programs_are_not_ours_to_judge() -> None:
    assert settings_in({"PATH": "/bin", "KERNEL": "6.1"}).port == 8000


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    assert complaints({"KERNELWALK_PROT": "1"}) == ["KERNELWALK_PROT is not a setting: did you mean KERNELWALK_PORT?"]


@pytest.mark.parametrize(
    ("variable", "text", "rule"),
    [
        ("PORT", "http", "must be a whole number"),
        ("UPLOAD_RATE", "many", f"must be {A_RATE}"),
        ("UPLOAD_RATE", "0/hour", f"must be {A_RATE}"),
        ("PORT", "65536", "must be at most 65535"),
        ("PORT", "-1", "must be at least 0"),
        ("PORT", "9" * 30, "must be at most 65535"),
        ("MAX_LAYERS", "513", "must be at most 512"),
        ("MAX_PIXELS", "0", "must be at least 1"),
        ("MAX_PIXELS", "4e7", "must be a whole number"),
        ("WRITE_DEADLINE", "nan", "must be a finite number"),
        ("WRITE_DEADLINE", "soon", "must be a number"),
        ("LOG_LEVEL", "loud", "choose one of critical, error, warning, info, debug"),
        ("HOST", " ", "must not be empty"),
        ("STORE", "", "must not be empty"),
        ("STORE", "s3://P", "must be a folder, or a bucket such as s3://pictures or s3://pictures/kernelwalk"),
        ("STORE", "gs://pictures", "must be a folder, or a bucket such as s3://pictures or s3://pictures/kernelwalk"),
        ("ROOT_PATH", "lab", "must begin with a slash and end without one, such as /kernelwalk"),
        ("ROOT_PATH", "/lab/", "must begin with a slash and end without one, such as /kernelwalk"),
    ],
)
def test_a_wrong_value_is_named_with_its_rule(variable: str, text: str, rule: str) -> None:
    assert complaints({"KERNELWALK_" + variable: text}) == [f"KERNELWALK_{variable} is {text!r}: {rule}"]


def test_a_bucket_is_named_as_it_is_and_bounded_where_it_lies() -> None:
    bucket = {"KERNELWALK_STORE": "s3://pictures/kernelwalk"}
    assert settings_in(bucket).store == "s3://pictures/kernelwalk"
    assert settings_in({"KERNELWALK_STORE": "~/pictures", "HOME": "/home/ada"}).store == Path("/home/ada/pictures")
    rule = "bounds a folder: a bucket is bounded where it lies, by a quota of the object store"
    assert complaints(bucket | {"KERNELWALK_QUOTA_BYTES": "5"}) == [f"KERNELWALK_QUOTA_BYTES is '5': {rule}"]


def test_all_mistakes_are_told_at_once() -> None:
    assert len(complaints({"KERNELWALK_PORT": "x", "KERNELWALK_THREADS": "0", "KERNELWALK_NONSENSE_XYZ": ""})) == 3


def test_the_table_of_the_documentation_has_a_row_for_every_setting() -> None:
    assert all(f"| `{variable}` |" in table() for variable in by_variable())
