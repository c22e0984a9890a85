"""The Nu HTML checker has nothing to say of what we build. It needs Java, and npm to bring it: see the Makefile."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from built_sites import ROOT

JAR = ROOT / ".venv/node/node_modules/vnu-jar/build/dist/vnu.jar"


BY_FILE = "Resource violates Content Security Policy"  # a file has no origin that could be its own


@pytest.mark.parametrize("site", ["demo", "seeds", "paper"])
def test_no_error_and_no_warning(site: str, request: pytest.FixtureRequest) -> None:
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        pytest.skip("no Java, or no npm to bring the Nu HTML checker: the pages were not checked with it")
    output: Path = request.getfixturevalue(f"{site}_output")
    command = [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", "--also-check-css", "--also-check-svg"]
    # What is its own of the other theme: styles, and the page of a day.
    places = [output / "assets", next(output.glob("20*/*/*/index.html"))] if site == "paper" else [output]
    done = subprocess.run([*command, *map(str, places)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    warned = [message for message in messages if message.get("subType") == "warning"]
    found = [message for message in messages if message["type"] != "info"]
    found += [message for message in warned if not message["message"].startswith(BY_FILE)]
    assert [f"{message['url']}:{message.get('lastLine')}: {message['message']}" for message in found] == []
