"""`python -m fuzz.described SECONDS`: schemathesis asks a real server whatever its OpenAPI document allows, and more.

It fails on an answer of 500 or more, and on one that is not as described.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.main import create_app
from tests.running import start_server

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
DOCUMENT = "openapi.json"
ELSEWHERE = ("/metrics",)  # in a form of its own, which no schema tells


def main(arguments: list[str]) -> int:
    seconds = float(arguments[0])
    with tempfile.TemporaryDirectory(prefix="described-") as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="critical", KERNELWALK_QUOTA_BYTES="4194304")
        try:
            Path(folder, DOCUMENT).write_text(json.dumps(create_app().openapi()))
            return subprocess.run(command(server.url, seconds), cwd=folder, check=False).returncode
        finally:
            server.stop()


def command(url: str, seconds: float) -> list[str]:
    program = str(Path(sys.executable).with_name("schemathesis"))
    return [
        program, "run", DOCUMENT, "--url", url, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
        "--max-time", f"{seconds:g}", "--max-examples", "1000000", "--continue-on-failure", "--no-shrink",
        "--request-timeout", "60", "--warnings", "off", "--no-color", "--generation-database", "none",
        *(word for path in ELSEWHERE for word in ("--exclude-path", path)),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
