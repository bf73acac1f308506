"""Firefox and WebKit, driven by what they bring themselves: Marionette over a socket, WebDriver over HTTP."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from tests.running import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that WebDriver gives to a reference to an element
START_SECONDS, ANSWER_SECONDS, WAIT_SECONDS = 120, 120, 60
QUIET = {
    "marionette.port": 0,
    "browser.startup.page": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.newtabpage.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "en-US",
}


class Driver(ABC):
    """A browser with one window: where it goes, what is done in it and what its page answers."""

    name: ClassVar[str]
    programs: ClassVar[tuple[str, ...]]

    @classmethod
    def found(cls) -> bool:
        return all(map(shutil.which, cls.programs))

    @abstractmethod
    def ask(self, marionette: str, path: str, body: dict[str, Any]) -> Any:
        """One command, by its name in Firefox and its path in WebDriver, where the two are not called the same."""

    @abstractmethod
    def close(self) -> None: ...

    def sized(self) -> None:
        self.ask("SetWindowRect", "window/rect", {"x": 0, "y": 0, "width": 1280, "height": 960})

    def goto(self, address: str) -> None:
        self.ask("Navigate", "url", {"url": address})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function of this body returns, or what it promised."""
        return self.ask("ExecuteScript", "execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, expression: str, *arguments: Any) -> Any:
        """What an expression is as soon as it is anything; a page on its way answers nothing."""
        deadline, last = time.monotonic() + WAIT_SECONDS, ""
        while time.monotonic() < deadline:
            try:
                value = self.run(f"return {expression}", *arguments)
            except DriverError as error:
                value, last = None, str(error)
            if value:
                return value
            time.sleep(0.1)
        raise AssertionError(f"{self.name}: {WAIT_SECONDS} s without {expression} {last}")

    def click(self, element: str) -> None:
        self.element("ElementClick", element, "click")

    def type(self, element: str, text: str) -> None:
        """Keys for an element, or, for one that takes a file, where that lies."""
        self.element("ElementSendKeys", element, "value", text=text)

    def element(self, marionette: str, element: str, path: str, **words: str) -> None:
        found = self.wait(element)[ELEMENT]
        self.ask(marionette, f"element/{found}/{path}", {"id": found, **words})

    def press(self, key: str) -> None:
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self.ask("PerformActions", "actions", {"actions": [keyboard]})

    def into_frame(self, element: str) -> None:
        found = self.wait(element)
        self.ask("SwitchToFrame", "frame", {"id": found, "element": found[ELEMENT]})

    def out_of_frames(self) -> None:
        self.ask("SwitchToFrame", "frame", {"id": None})

    @abstractmethod
    def picture(self) -> bytes:
        """What is in the window, as PNG."""


class DriverError(Exception):
    """What a browser says that could not do it."""


class Firefox(Driver):
    name, programs = "firefox", ("firefox-esr",)

    def __init__(self, folder: Path) -> None:
        settings = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items()]
        (folder / "user.js").write_text("\n".join(settings))
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        with (folder / "browser.log").open("wb") as log:
            self.running = subprocess.Popen(
                command, env={**os.environ, "HOME": str(folder)}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        told = folder / "MarionetteActivePort"
        port = until(lambda: told.exists() and told.read_text(), self.running)
        self.line = socket.create_connection(("127.0.0.1", int(port)), timeout=START_SECONDS)
        self.stream = self.line.makefile("rwb")
        self.number = 0
        self.heard()  # its greeting
        self.ask("NewSession", "", {"capabilities": {}})
        self.sized()

    def ask(self, marionette: str, path: str, body: dict[str, Any]) -> Any:
        return self.command(f"WebDriver:{marionette}", body)

    def command(self, name: str, body: dict[str, Any]) -> Any:
        self.number += 1
        said = json.dumps([0, self.number, name, body]).encode()
        self.stream.write(b"%d:%b" % (len(said), said))
        self.stream.flush()
        _, number, error, value = self.heard()
        assert number == self.number, "answers come in the order of the questions"
        if error:
            raise DriverError(f"{error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and value.keys() == {"value"} else value

    def heard(self) -> Any:
        length = b""
        while (sign := self.stream.read(1)) != b":":
            if not sign:
                raise DriverError("Firefox has gone")
            length += sign
        return json.loads(self.stream.read(int(length)))

    def picture(self) -> bytes:
        return base64.b64decode(self.command("WebDriver:TakeScreenshot", {"full": False}))

    def close(self) -> None:
        self.command("Marionette:Quit", {"flags": ["eForceQuit"]})
        self.stream.close()
        self.line.close()
        end(self.running)


class WebKit(Driver):
    name, programs = "webkit", ("WebKitWebDriver", "Xvfb")

    def __init__(self, folder: Path) -> None:
        shows, told = os.pipe()
        screen = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
        with (folder / "browser.log").open("wb") as log, os.fdopen(shows) as display:
            quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self.screen = subprocess.Popen(screen, pass_fds=[told], **quiet)  # type: ignore[call-overload]
            os.close(told)
            own = {"DISPLAY": f":{display.readline().strip()}", "HOME": str(folder), "NO_AT_BRIDGE": "1"}
            self.port = free_port()
            command = ["WebKitWebDriver", "--host=127.0.0.1", f"--port={self.port}"]
            self.running = subprocess.Popen(command, env={**os.environ, **own}, **quiet)  # type: ignore[call-overload]
        until(lambda: self.listening(), self.running)
        self.session = ""
        self.session = f"/session/{self.send('POST', '/session', {'capabilities': {}})['sessionId']}"
        self.sized()

    def listening(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, marionette: str, path: str, body: dict[str, Any]) -> Any:
        return self.send("POST", f"/{path}", body)

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            line.request(method, f"{self.session}{path}", None if body is None else json.dumps(body))
            answer = line.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            line.close()
        if answer.status != 200:
            raise DriverError(f"{value['error']}: {value['message']}")
        return value

    def picture(self) -> bytes:
        return base64.b64decode(self.send("GET", "/screenshot"))

    def close(self) -> None:
        self.send("DELETE", "")
        for program in (self.running, self.screen):
            program.terminate()
            end(program)


DRIVERS = tuple(driver for driver in (Firefox, WebKit) if driver.found())


def until(done: Callable[[], Any], program: subprocess.Popen[bytes]) -> Any:
    deadline = time.monotonic() + START_SECONDS
    while not (value := done()):
        assert program.poll() is None, f"{program.args!r} ended with {program.returncode}"
        assert time.monotonic() < deadline, f"{program.args!r} was not ready within {START_SECONDS} s"
        time.sleep(0.05)
    return value


def end(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(30)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
