"""What an operator can set: one table of settings, read from the environment, every wrong value named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

PREFIX = "KERNELWALK_"
MIB = 1024 * 1024
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")


class SettingsError(ValueError):
    """An operator's mistake: all of them at once, one sentence each."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = complaints
        super().__init__("\n".join(complaints))


def setting(
    default: Any, what: str, minimum: float | None = None, maximum: float | None = None, choices: tuple[str, ...] = ()
) -> Any:
    """One row of the table."""
    return field(default=default, metadata=row(what, minimum, maximum, choices))


def row(
    what: str, minimum: float | None = None, maximum: float | None = None, choices: tuple[str, ...] = ()
) -> dict[str, object]:
    return {"help": what, "minimum": minimum, "maximum": maximum, "choices": choices}


def default_store(environment: Mapping[str, str] | None = None) -> Path:
    """The user's own data folder, so that a server keeps its pictures whatever folder it is started in."""
    known = os.environ if environment is None else environment
    data = known.get("XDG_DATA_HOME") or str(Path(known.get("HOME") or Path.home(), ".local", "share"))
    return Path(data, "kernelwalk", "pictures")


@dataclass(frozen=True, slots=True)
class Settings:
    """The table: a field is a setting, KERNELWALK_ and its name in capitals is its variable.

    >>> Settings.from_environment({"KERNELWALK_PORT": "9000"}).port
    9000
    """

    host: str = setting("127.0.0.1", "address to listen on; 0.0.0.0 for every network of the machine")
    port: int = setting(8000, "port to listen on; 0 lets the system choose", 0, 65535)
    store: Path = field(
        default_factory=default_store,
        metadata=row("folder that keeps uploaded pictures; $XDG_DATA_HOME/kernelwalk/pictures when not set"),
    )
    root_path: str = setting("", "path under which a proxy mounts the server, such as /kernelwalk")
    trusted_proxies: str = setting("127.0.0.1", "addresses whose X-Forwarded-* headers are believed; * for all")
    log_level: str = setting("info", "how much is logged", choices=LOG_LEVELS)

    max_upload_bytes: int = setting(20 * MIB, "largest picture file, bytes", 1)
    max_pixels: int = setting(40_000_000, "most pixels a picture file may hold, before it is shrunk", 1)
    max_side: int = setting(4096, "longest side of a stored picture; larger ones are shrunk to it", 1, 16384)
    max_frames: int = setting(1000, "most frames of an animation (the first is used)", 1)
    max_scans: int = setting(64, "most scans of a progressive JPEG", 1)
    quota_bytes: int = setting(0, "most bytes of pictures kept; 0 for no quota", 0)
    keep_days: float = setting(0.0, "days after which an upload is removed; 0 keeps it until you remove it", 0)

    max_cells: int = setting(64 * MIB, "most cells of one layer, input or output", 1)
    max_multiply_adds: int = setting(20_000_000_000, "most multiply-adds one request may cost", 1)
    max_layers: int = setting(64, "most layers of a scene", 1)
    max_line_length: int = setting(64 * 1024, "longest scene line, characters", 1)
    max_body: int = setting(MIB, "largest JSON body, bytes", 1)

    cache_bytes: int = setting(256 * MIB, "memory for layers kept between requests, bytes", 0)
    workers: int = setting(1, "server processes", 1, 256)
    threads: int = setting(
        4,
        "threads of a process that decode pictures and compute layers; half as many more compute whole feature maps",
        1,
        256,
    )
    graceful_shutdown: float = setting(5.0, "seconds that open streams get to end when the server stops", 0)
    read_deadline: float = setting(20.0, "seconds a client may take over the head of its request", 0.1)
    write_deadline: float = setting(60.0, "seconds a client may leave a stream unread before it is dropped", 0.1)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Refuses unknown KERNELWALK_ variables and wrong values (SettingsError, all of them together)."""
        ours = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
        complaints = [unknown_variable(name) for name in sorted(ours.keys() - by_variable().keys())]
        values: dict[str, Any] = {"store": default_store(environment)}
        for variable, entry in by_variable().items():
            if variable in ours:
                try:
                    values[entry.name] = read(entry, ours[variable])
                except ValueError as error:
                    complaints.append(f"{variable} is {ours[variable][:80]!r}: {error}")
        if complaints:
            raise SettingsError(complaints)
        return cls(**values)


def by_variable() -> dict[str, Field[Any]]:
    return {PREFIX + entry.name.upper(): entry for entry in fields(Settings)}


def unknown_variable(name: str) -> str:
    near = get_close_matches(name, by_variable(), n=1, cutoff=0.6)
    advice = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(by_variable())}"
    return f"{name} is not a setting: {advice}"


def read(entry: Field[Any], text: str) -> object:
    """A setting's value from its text."""
    kind = str(entry.type)
    if kind == "int":
        return within(entry, whole_number(text))
    if kind == "float":
        return within(entry, number(text))
    if not text.strip():
        if entry.default == "":
            return ""
        raise ValueError("must not be empty")
    if kind == "Path":
        return Path(text).expanduser()
    return mount(text.strip()) if entry.name == "root_path" else one_of(entry, text.strip())


def mount(path: str) -> str:
    if not path.startswith("/") or path.endswith("/"):
        raise ValueError("must begin with a slash and end without one, such as /kernelwalk")
    return path


def whole_number(text: str) -> int:
    plain = text.strip().replace("_", "")
    if not (plain.isascii() and plain.removeprefix("-").isdigit() and len(plain) <= 19):
        raise ValueError("must be a whole number")
    return int(plain)


def number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("must be a number") from None
    if not abs(value) < 1e18:  # also refuses NaN
        raise ValueError("must be a finite number")
    return value


def within(entry: Field[Any], value: float) -> float:
    minimum, maximum = entry.metadata["minimum"], entry.metadata["maximum"]
    if minimum is not None and value < minimum:
        raise ValueError(f"must be at least {minimum}")
    if maximum is not None and value > maximum:
        raise ValueError(f"must be at most {maximum}")
    return value


def one_of(entry: Field[Any], text: str) -> str:
    choices = entry.metadata["choices"]
    if choices and text.lower() not in choices:
        raise ValueError(f"choose one of {', '.join(choices)}")
    return text.lower() if choices else text


def table() -> str:
    """The settings as the Markdown table that docs/operating.md carries."""
    return "\n".join(["| variable | default | what it sets |", "|---|---|---|", *rows()])


def rows() -> Iterator[str]:
    for variable, entry in by_variable().items():
        shown = "a folder of the user" if entry.name == "store" else str(entry.default) or "(empty)"
        yield f"| `{variable}` | {shown} | {entry.metadata['help']}{allowed(entry)} |"


def allowed(entry: Field[Any]) -> str:
    if entry.metadata["choices"]:
        return f": {', '.join(entry.metadata['choices'])}"
    minimum, maximum = entry.metadata["minimum"], entry.metadata["maximum"]
    if maximum is not None:
        return f" ({minimum} to {maximum})"
    return f" (at least {minimum})" if minimum else ""
