"""Finds the browsers that tests drive, and brings them to a machine that has none: `python -m tools.browser`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# What Debian calls the packages of other browsers' programs, and of the fonts in which pages are kept and compared.
PROGRAMS = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
SERVERS = {"nginx": "nginx-light", "redis-server": "redis-server"}  # beside which several servers are tested
TWINS = {"redis-server": "valkey-server"}  # speaks the same, is what operators are told to run, and not in every Debian
FONTS = {
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"): "fonts-dejavu-core",
    Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf"): "fonts-nanum",
}


def main() -> None:
    """Print where the browsers are, after installing those that can be."""
    if on_debian() and (packages := missing()):
        run("apt-get", "update", "-qq")
        for package in packages:  # one by one: a system without one of them still gets the others
            run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
    found = find_browser() or install_browser()
    if found is None:
        sys.exit("No Chromium that starts: install one, or name one that does in CHROMIUM")
    print(f"browser: {found}")
    for program in PROGRAMS | SERVERS:
        print(f"{program}: {found_program(program) or 'not here, so nothing is tested with it'}")


def on_debian() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def missing() -> list[str]:
    wanted = [] if find_browser() or os.environ.get("CHROMIUM") else ["chromium"]
    wanted += [package for program, package in (PROGRAMS | SERVERS).items() if not found_program(program)]
    return wanted + [package for path, package in FONTS.items() if not path.exists()]


def found_program(name: str) -> str | None:
    """Where a program is; those that only root runs lie in places of their own."""
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    names = (TWINS[name], name) if name in TWINS else (name,)
    return next(filter(None, (shutil.which(each, path=places) for each in names)), None)


def find_browser() -> str | None:
    """The first browser that starts: the one named in CHROMIUM, the system's, Playwright's own."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[str]:
    named = os.environ.get("CHROMIUM")
    if named:
        yield named
        return  # a browser asked for by name is never replaced by another
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (path for path in MAC_APPLICATIONS if Path(path).exists())
    yield playwrights_own()


def starts(path: str) -> bool:
    # Ubuntu's chromium-browser is a stub that only says how to get the snap: --version tells them apart.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install_browser() -> str | None:
    if os.environ.get("CHROMIUM"):
        return None
    run(sys.executable, "-m", "playwright", "install", "chromium")
    return find_browser()


def run(*command: str) -> None:
    subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    main()
