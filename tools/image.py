"""`python -m tools.image [FOLDER]`: makes the Dockerfile's image without an engine, and runs it as one would.

Each instruction is carried out in a root made by debootstrap from the mirror that this machine's apt uses; Debian 13
stands for the image's base, since its Python is the same 3.13. Then the image runs with a root that cannot be written,
as its numeric user, without a shell: healthy, an upload kept, ended by SIGTERM with status 0. Needs root, debootstrap
and a network.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE = "trixie"
PACKAGES = "python3,python3-venv,ca-certificates"
PORT = "8179"
SHELLS = ("sh", "dash", "bash", "rbash")
PATIENCE = 300
LENT = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")  # of this machine, while something is fetched


@dataclass
class Stage:
    """A root folder and what its instructions have set."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": "/usr/local/bin:/usr/bin:/bin"})
    folder: str = "/"
    user: str = "0:0"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def inside(self, command: list[str], user: str = "") -> list[str]:
        """The command as it is started in this root, with nothing of our own environment."""
        words = [f"{name}={value}" for name, value in self.environment.items()]
        owner, group = (user or self.user).split(":")
        within = ["chroot", f"--userspec=+{owner}:+{group}", "--groups=", str(self.root)]
        return [*within, "/usr/bin/env", "-i", f"--chdir={self.folder}", *words, *command]


def mirror() -> str:
    """Where this machine's apt has its packages from."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    text = "\n".join(place.read_text() for place in places if place.is_file())
    found = re.search(r"(?m)^(?:URIs:|deb(?: \[[^]]*\])?) *(https?://\S*debian)/?(?:\s|$)", text)
    if not found:
        raise SystemExit("apt's sources name no mirror of Debian")
    return found[1]


def instructions(text: str) -> list[tuple[str, str]]:
    """The lines of a Dockerfile, joined, each as its word and the rest."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in joined.splitlines() if line.strip()]


def build(folder: Path) -> Stage:
    """The last stage, its instructions carried out."""
    base = folder / "base"
    if not base.exists():
        run(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", BASE, str(base), mirror()])
    stages: dict[str, Stage] = {}
    stage = Stage(base)
    for word, rest in instructions((ROOT / "Dockerfile").read_text()):
        print(f"{word} {rest[:100]}", flush=True)
        if word == "FROM":
            name = rest.rpartition(" AS ")[2] if " AS " in rest else "image"
            stage = stages[name] = Stage(folder / name)
            run(["rm", "-rf", str(stage.root)])
            run(["cp", "-a", "--reflink=auto", str(base), str(stage.root)])
            for alias in ("python", "python3"):
                (stage.root / "usr/local/bin" / alias).symlink_to("/usr/bin/python3")
        else:
            follow(stage, stages, word, rest)
    return stage


def follow(stage: Stage, stages: dict[str, Stage], word: str, rest: str) -> None:
    """Carries one instruction out; one that is not known here fails the check."""
    if word == "RUN":
        with_network(stage, ["/bin/sh", "-ec", rest])
    elif word == "COPY":
        copy(stage, stages, shlex.split(rest))
    elif word == "ENV":
        pairs = (pair.split("=", 1) for pair in shlex.split(rest))
        stage.environment |= {name: value.replace("$PATH", stage.environment["PATH"]) for name, value in pairs}
    elif word == "WORKDIR":
        stage.folder = rest
    elif word == "USER":
        stage.user = rest
    elif word == "CMD":
        stage.command = json.loads(rest)
    elif word == "HEALTHCHECK":
        stage.health = json.loads(rest[rest.index("[") :])
    elif word not in ("VOLUME", "EXPOSE", "STOPSIGNAL"):
        raise SystemExit(f"{word} is not known to this check")


def with_network(stage: Stage, command: list[str]) -> None:
    """Lends the root this machine's way to its packages, and takes it back."""
    pip = next(
        (place for place in (Path.home() / ".config/pip/pip.conf", Path("/etc/pip.conf")) if place.exists()), None
    )
    lent = {**dict.fromkeys(LENT), **({"/etc/pip.conf": str(pip)} if pip else {})}
    for place, source in lent.items():
        there = stage.root / place.lstrip("/")
        there.unlink(missing_ok=True)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source or place, there)
    try:
        run(stage.inside(command))
    finally:
        for place in set(lent) - {LENT[1]}:
            (stage.root / place.lstrip("/")).unlink()


def copy(stage: Stage, stages: dict[str, Stage], words: list[str]) -> None:
    flags = dict(word.removeprefix("--").split("=", 1) for word in words if word.startswith("--"))
    source, target = [word for word in words if not word.startswith("--")]
    origin = stages[flags["from"]].root / source.lstrip("/") if "from" in flags else ROOT / source
    there = stage.root / target.lstrip("/")
    (there if target.endswith("/") else there.parent).mkdir(parents=True, exist_ok=True)
    run(["cp", "-a" if "from" in flags else "-r", *(["-T"] if origin.is_dir() else []), str(origin), str(there)])
    run(["chown", "-R", flags.get("chown", "0:0"), str(there)])


def check(stage: Stage, data: Path) -> None:
    """Runs the image: read-only, as nobody in particular, without a shell."""
    for shell in SHELLS:
        (stage.root / "usr/bin" / shell).unlink(missing_ok=True)
    stage.environment["KERNELWALK_PORT"] = PORT
    inside = " ".join(shlex.quote(word) for word in stage.inside(stage.command))
    root, kept = shlex.quote(str(stage.root)), shlex.quote(str(data))
    mounts = [
        f"mount --bind {root} {root}", f"mount --bind {kept} {root}/data", f"mount -t proc proc {root}/proc",
        f"mount --rbind /dev {root}/dev", f"mount -o remount,bind,ro {root}",
    ]  # fmt: skip
    running = subprocess.Popen(["unshare", "--mount", "sh", "-ec", "; ".join([*mounts, f"exec {inside}"])])
    try:
        healthy = wait_for(stage, running)
        print(f"healthy after {healthy:.1f} seconds, by the image's own check")
        uid = Path(f"/proc/{running.pid}/status").read_text().split("Uid:")[1].split()[0]
        told(uid == stage.user.split(":")[0], f"runs as user {uid}")
        told(upload() == 201, "an upload is kept in /data")
        seen = Path(f"/proc/{running.pid}/root")
        mounted = Path(f"/proc/{running.pid}/mounts").read_text().splitlines()
        told(
            any(line.split()[1] == "/" and line.split()[3].startswith("ro") for line in mounted),
            "its root is read-only",
        )
        told(not any((seen / "bin" / shell).exists() for shell in SHELLS), "there is no shell in it")
        running.send_signal(signal.SIGTERM)
        told(running.wait(30) == 0, "SIGTERM ends it with status 0")
    finally:
        running.kill()


def told(holds: bool, sentence: str) -> None:
    print(f"{'ok' if holds else 'NOT SO'}: {sentence}", flush=True)
    if not holds:
        raise SystemExit(1)


def wait_for(stage: Stage, running: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    while subprocess.run(stage.inside(stage.health), stderr=subprocess.DEVNULL, check=False).returncode:
        if running.poll() is not None or time.monotonic() - began > PATIENCE:
            raise SystemExit("the image does not become healthy")
        time.sleep(0.2)
    return time.monotonic() - began


def upload() -> int:
    picture = b"P5 8 8 255\n" + bytes(range(64))
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/api/images", data=picture, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return int(answer.status)


def megabytes(folder: Path) -> float:
    told = subprocess.run(["du", "-sb", str(folder)], capture_output=True, text=True, check=True).stdout
    return int(told.split()[0]) / 1e6


def run(command: list[str]) -> None:
    subprocess.run(command, check=True)


def main(arguments: list[str]) -> int:
    if os.geteuid() or not shutil.which("debootstrap"):
        raise SystemExit("make image-check needs root and debootstrap (apt-get install debootstrap)")
    folder = Path(arguments[0] if arguments else ROOT / ".cache/image").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    stage = build(folder)
    ours = megabytes(stage.root / "opt/venv"), megabytes(stage.root / "srv")
    print(f"on its base: {ours[0]:.0f} MB of libraries, {ours[1]:.0f} MB of Kernelwalk")
    data = folder / "data"
    run(["rm", "-rf", str(data)])
    run(["cp", "-a", str(stage.root / "data"), str(data)])
    check(stage, data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
