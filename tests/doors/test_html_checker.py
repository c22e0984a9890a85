"""The Nu HTML checker has nothing to say of what we build. It needs Java, and npm to bring it: see the Makefile."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from built_sites import ROOT

JAR = ROOT / ".venv/node/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.parametrize("site", ["demo", "seeds"])
def test_no_error(site: str, request: pytest.FixtureRequest) -> None:
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        pytest.skip("no Java, or no npm to bring the Nu HTML checker: the pages were not checked with it")
    output: Path = request.getfixturevalue(f"{site}_output")
    command = [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", "--also-check-css", "--also-check-svg"]
    done = subprocess.run([*command, str(output)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    found = [message for message in messages if message["type"] == "error"]
    assert [f"{message['url']}:{message.get('lastLine')}: {message['message']}" for message in found] == []
