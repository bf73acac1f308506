"""What an operator can set: one model of settings, read from the environment, every wrong value named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from app.kinds import DAY, Count, Folder, Level, LogFormat, Memory, Mount, Named, Place, Rate, Seconds, Text
from app.places import default_prepared, default_store
from core.limits import Limits

PREFIX = "KERNELWALK_"
MIB = 1024 * 1024
LOCALE = Path(__file__).parent.parent / "locale"
LONGEST_ECHO = 80
KEYS = re.compile("//[^/@]*@")  # names and passwords in addresses, which no log should hold


class SettingsError(ValueError):
    """An operator's mistake: all of them at once, one sentence each."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(complaints))


class Settings(BaseSettings):
    """A field is a setting; KERNELWALK_ and its name in capitals is its variable.

    >>> Settings(port=9000).port
    9000
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    host: Text = Field("127.0.0.1", description="address to listen on; 0.0.0.0 for every network of the machine")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 lets the system choose")
    store: Place = Field(
        default_factory=default_store,
        description="folder that keeps uploaded pictures, or a bucket of an object store such as s3://pictures/lab; "
        "$XDG_DATA_HOME/kernelwalk/pictures when not set",
    )
    prepared: Folder = Field(
        default_factory=default_prepared,
        description="folder that keeps what a start has joined and compressed, so that the next one is quick; "
        "$XDG_CACHE_HOME/kernelwalk when not set",
    )
    locale: Folder = Field(
        LOCALE, description="folder of the languages: for each a folder with LC_MESSAGES/messages.po"
    )
    root_path: Mount = Field("", description="path under which a proxy mounts the server, such as /kernelwalk")
    trusted_proxies: Text = Field(
        "127.0.0.1", description="addresses whose X-Forwarded-* headers are believed; * for all"
    )
    allowed_hosts: Named = Field(
        "",
        description="hosts that visitors know the server by, with commas between, such as lab.example.org or "
        "*.example.org; * for every host. Addresses in full are written under these alone, beside localhost and the "
        "address that is listened on",
    )
    log_format: LogFormat = Field("text", description="lines for people, or one JSON object a line")
    log_level: Level = Field("info", description="how much is logged")

    max_upload_bytes: Count = Field(20 * MIB, description="largest picture file, bytes")
    max_pixels: Count = Field(40_000_000, description="most pixels a picture file may hold, before it is shrunk")
    max_side: int = Field(
        4096, ge=1, le=16384, description="longest side of a stored picture; larger ones are shrunk to it"
    )
    max_frames: Count = Field(1000, description="most frames of an animation (the first is used)")
    max_scans: Count = Field(64, description="most scans of a progressive JPEG")
    decoders: int = Field(2, ge=1, le=64, description="child processes that decode pictures")
    decode_seconds: Seconds = Field(10.0, description="seconds after which a child that decodes a picture is ended")
    decode_memory: int = Field(
        1024 * MIB, ge=64 * MIB, description="memory that decoding one picture may take in its child, bytes"
    )
    decode_queue: int = Field(16, ge=0, description="pictures that may wait for a child; more get 429")
    renderers: int = Field(1, ge=1, le=64, description="child processes that draw figures as files")
    render_seconds: Seconds = Field(20.0, description="seconds after which a child that draws a figure is ended")
    render_memory: int = Field(
        1024 * MIB, ge=256 * MIB, description="memory that drawing one figure may take in its child, bytes"
    )
    render_queue: int = Field(16, ge=0, description="figures that may wait for a child; more get 429")
    quota_bytes: int = Field(0, ge=0, description="most bytes of pictures kept in a folder; 0 for no quota")
    keep_days: float = Field(
        0.0,
        ge=0,
        le=36500,
        allow_inf_nan=False,
        description="days after which an upload is removed; 0 keeps it until you remove it",
    )

    max_cells: Count = Field(64 * MIB, description="most cells of one layer, input or output")
    max_seconds: float = Field(
        2.0,
        ge=0.01,
        le=DAY,
        allow_inf_nan=False,
        description="most seconds of one processor that a request may compute, estimated before and watched meanwhile",
    )
    max_memory: int = Field(300_000_000, ge=MIB, description="most memory that a request may take, bytes")
    max_layers: int = Field(64, ge=1, le=512, description="most layers of a scene")
    max_line_length: Count = Field(64 * 1024, description="longest scene line, characters")
    max_body: Count = Field(MIB, description="largest JSON body, bytes")

    cache_bytes: int = Field(256 * MIB, ge=0, description="memory for layers kept between requests, bytes")
    workers: int = Field(1, ge=1, le=256, description="server processes")
    threads: int = Field(
        4,
        ge=1,
        le=256,
        description="threads of a process that compute what is light",
    )
    queue: int = Field(1024, ge=0, description="light requests that may wait for a thread; more get 429")
    mappers: int = Field(1, ge=1, le=64, description="child processes that compute what takes long")
    map_queue: int = Field(
        8,
        ge=0,
        description="requests that take long and may wait for a child; more, or more than half of one client, get 429",
    )
    answer_deadline: Seconds = Field(
        30.0, description="seconds in which an answer must be computed, with its waiting; then 429"
    )
    graceful_shutdown: float = Field(
        5.0, ge=0, le=DAY, allow_inf_nan=False, description="seconds that open streams get to end when the server stops"
    )
    max_connections: int = Field(
        8192, ge=1, le=1_000_000, description="connections that a process holds open; more get 503 and are closed"
    )
    uploads: Count = Field(32, description="files that may be taken in at a time; more get 429")
    uploads_a_client: Count = Field(16, description="the same of one client, or of all behind one address")
    streams_a_client: Count = Field(
        2048,
        description="streams of more than 64 steps that one client, or all behind one address, may have open; "
        "more get 429",
    )
    limits_store: Memory = Field(
        "",
        exclude=True,  # may hold a password, which no child of the server needs to know
        description="the Valkey in which servers count together what the rates below bound, such as "
        "valkey://limits:6379/0; without one each process counts alone",
    )
    request_rate_a_client: Rate = Field(
        "", description="most requests of one client, such as 6000/minute; more get 429"
    )
    upload_rate_a_client: Rate = Field("", description="most files taken in of one client, such as 600/hour")
    upload_bytes_a_client: Rate = Field(
        "", description="most bytes of such files of one client, such as 2000000000/day"
    )
    upload_rate: Rate = Field("", description="most files taken in of all clients, such as 6000/hour")
    read_deadline: Seconds = Field(10.0, description="seconds a client may take over the head of its request")
    body_deadline: Seconds = Field(
        30.0, description="seconds in which each kilobyte of a body, or its end, must arrive"
    )
    write_deadline: Seconds = Field(60.0, description="seconds a client may leave a stream unread before it is dropped")

    @field_validator("quota_bytes")
    @classmethod
    def bounds_a_folder(cls, quota: int, known: ValidationInfo) -> int:
        """Servers that share a bucket cannot know together, before they write, how full it is."""
        if quota and isinstance(known.data.get("store"), str):
            raise ValueError("bounds a folder: a bucket is bounded where it lies, by a quota of the object store")
        return quota

    @property
    def limits(self) -> Limits:
        """What the core is told of them."""
        return Limits(layers=self.max_layers, line_length=self.max_line_length)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, Misspelt(settings_cls)

    @classmethod
    def from_environment(cls) -> Self:
        """Refuses unknown KERNELWALK_ variables and wrong values (SettingsError, all of them together)."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError([complaint(details) for details in error.errors()]) from None


class Misspelt(EnvSettingsSource):
    """Variables with our prefix that are no settings: the model forbids them, beside whatever else is wrong."""

    def __call__(self) -> dict[str, Any]:
        known = {name.lower() for name in by_variable()}
        ours = {name: text for name, text in self.env_vars.items() if name.lower().startswith(PREFIX.lower())}
        return {name.upper(): text for name, text in ours.items() if name.lower() not in known}


def by_variable() -> Mapping[str, FieldInfo]:
    return {PREFIX + name.upper(): field for name, field in Settings.model_fields.items()}


def complaint(details: ErrorDetails) -> str:
    """The sentence about one wrong variable."""
    name = str(details["loc"][0])
    if details["type"] == "extra_forbidden":
        near = get_close_matches(name, by_variable(), n=1, cutoff=0.6)
        advice = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(by_variable())}"
        return f"{name} is not a setting: {advice}"
    variable = PREFIX + name.upper()
    rule = COMPLAINTS.get(details["type"], "{msg}").format(
        msg=details["msg"], choices=", ".join(choices_of(by_variable()[variable])), **details.get("ctx", {})
    )
    return f"{variable} is {KEYS.sub('//', str(details['input']))[:LONGEST_ECHO]!r}: {rule}"


COMPLAINTS = {
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:.12g}",
    "literal_error": "choose one of {choices}",
    "value_error": "{error}",
}


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def table() -> str:
    """The settings as the Markdown table that docs/operating.md carries."""
    return "\n".join(["| variable | default | what it sets |", "|---|---|---|", *rows()])


def rows() -> Iterator[str]:
    for variable, field in by_variable().items():
        yield f"| `{variable}` | {default_of(field)} | {field.description}{allowed(field)} |"


def default_of(field: FieldInfo) -> str:
    if field.default_factory:
        return "a folder of the user"
    return f"the program's `{LOCALE.name}`" if field.default == LOCALE else str(field.default) or "(empty)"


def allowed(field: FieldInfo) -> str:
    if choices_of(field):
        return f": {', '.join(choices_of(field))}"
    minimum = next((rule.ge for rule in field.metadata if isinstance(rule, Ge)), None)
    maximum = next((rule.le for rule in field.metadata if isinstance(rule, Le)), None)
    if maximum is not None:
        return f" ({minimum:g} to {maximum:.12g})"
    return f" (at least {minimum:g})" if minimum else ""
