"""A workflow of GitHub, run on this machine: its shell steps by bash, its actions by stand-ins that do as they do.

Expressions are evaluated, outputs and summaries gathered, jobs skipped, failed and carried on with as GitHub does; what
it does not know of the language it refuses. A bare repository is the origin.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

BASE_URL = "https://ada.github.io/my-digest"
_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w.-]*)|(?P<sign>==|!=|&&|\|\||!|\(|\)|,))")
_SIGNS = {"&&": " and ", "||": " or ", "!": " not "}
_STATUS = re.compile(r"\b(?:always|cancelled|failure|success)\(\)")


@dataclass
class Origin:
    """A bare repository, and what people do to it."""

    path: Path

    def git(self, *words: str) -> str:
        return git(self.path, *words)

    def commit(self, files: Mapping[str, str], message: str = "By hand") -> None:
        """Somebody pushes some files to main."""
        clone = self.path.with_name("somebody")
        shutil.rmtree(clone, ignore_errors=True)
        git(self.path.parent, "clone", "--quiet", str(self.path), str(clone))
        for name, text in files.items():
            place = clone / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        git(clone, "add", "--all")
        git(clone, *PERSON, "commit", "--quiet", "--message", message)
        git(clone, "push", "--quiet", "origin", "HEAD:main")

    def files(self) -> dict[str, str]:
        """What is on main."""
        names = self.git("ls-tree", "-r", "-z", "--name-only", "main").split("\0")
        return {name: self.git("show", f"main:{name}") for name in names if name}

    def log(self) -> list[str]:
        """Author and message of each commit on main, the newest first."""
        return self.git("log", "--format=%an: %s", "main").splitlines()


PERSON = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {words}: {done.stderr}"
    return done.stdout.strip("\n")


@dataclass
class Run:
    """One run of a workflow; `before` is called with the name of each step before it runs."""

    origin: Origin
    folder: Path
    event: str = "schedule"
    fork: bool = False
    before: Callable[[str], None] = lambda _name: None
    caches: dict[str, Path] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    log: str = ""
    summary: str = ""
    artifact: Path | None = None
    deployed: Path | None = None

    def go(self) -> str:
        """Run every job in its order: `success` or `failure`."""
        text = self.origin.git("show", "main:.github/workflows/digest.yml")
        workflow = yaml.load(text, yaml.BaseLoader)
        self.folder.mkdir(parents=True)
        for name, job in workflow["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            fine = all(self.results[need] == "success" for need in needs)
            if not self.is_wanted(job.get("if", ""), {}, fine=fine):
                self.results[name], self.outputs[name] = "skipped", {}
                continue
            told = Job(self, self.folder / name, workflow["defaults"]["run"])
            self.results[name] = told.go(job["steps"])
            self.outputs[name] = {key: self.fill(value, told.known) for key, value in job.get("outputs", {}).items()}
        return "failure" if "failure" in self.results.values() else "success"

    def is_wanted(self, condition: str, known: Mapping[str, Any], *, fine: bool) -> bool:
        """Whether a job or a step is to run: without a word about its state, only where all before it is fine."""
        inner = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", condition, re.DOTALL)
        inside = inner[1] if inner else condition
        wanted = bool(self.evaluate(inside, known, fine=fine)) if inside.strip() else True
        return wanted and (fine or bool(_STATUS.search(inside)))

    def fill(self, text: str, known: Mapping[str, Any]) -> str:
        """A text with its expressions evaluated."""
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self.evaluate(found[1], known, fine=True)), text)

    def evaluate(self, expression: str, known: Mapping[str, Any], *, fine: bool) -> Any:
        """The value of an expression of GitHub's."""
        written, at = "", 0
        while at < len(expression.rstrip()):
            token = _TOKEN.match(expression, at)
            assert token, f"not understood: {expression[at:]!r}"
            at = token.end()
            if token["text"]:
                written += repr(token["text"][1:-1].replace("''", "'"))
            elif token["name"] and expression[at : at + 1] == "(":
                written += f"functions[{token['name']!r}]"
            elif token["name"]:
                written += f"look({token['name']!r})"
            else:
                written += _SIGNS.get(token["sign"], token["sign"])
        functions = {
            "cancelled": lambda: False,
            "always": lambda: True,
            "success": lambda: fine,
            "failure": lambda: not fine,
            "hashFiles": self.hash_file,
        }
        return eval(written, {"functions": functions, "look": lambda path: self.look(path, known)})

    def look(self, path: str, known: Mapping[str, Any]) -> Any:
        """What a context holds; what it has not is an empty text, as on GitHub."""
        needs = {name: {"result": self.results[name], "outputs": self.outputs.get(name, {})} for name in self.results}
        github = {
            "event_name": self.event,
            "ref_name": "main",
            "run_id": str(len(self.caches) + 1),
            "run_attempt": "1",
            "workspace": str(self.folder),
            "event": {"repository": {"fork": self.fork}},
        }
        value: Any = {"github": github, "needs": needs, "runner": {"os": "Linux"}, **known}
        for part in path.split("."):
            value = value.get(part, "") if isinstance(value, Mapping) else ""
        return value

    def hash_file(self, name: str) -> str:
        path = self.folder / "build" / name
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@dataclass
class Job:
    """A job on a machine of its own."""

    run: Run
    workspace: Path
    defaults: Mapping[str, str]
    known: dict[str, Any] = field(default_factory=lambda: {"steps": {}})
    saved: list[tuple[str, Path]] = field(default_factory=list)

    def go(self, steps: list[dict[str, Any]]) -> str:
        """Run the steps; those after a failure only where they ask for it."""
        self.workspace.mkdir(parents=True)
        fine = True
        for step in steps:
            name = step.get("name") or step.get("uses", "")
            if not self.run.is_wanted(step.get("if", ""), self.known, fine=fine):
                if "id" in step:
                    self.known["steps"][step["id"]] = {"outcome": "skipped", "outputs": {}}
                continue
            self.run.steps.append(name)
            self.run.before(name)
            outcome, outputs = self.do(step)
            if "id" in step:
                self.known["steps"][step["id"]] = {"outcome": outcome, "outputs": outputs}
            fine = fine and (outcome != "failure" or step.get("continue-on-error") == "true")
        if fine:
            for key, path in self.saved:
                place = self.run.origin.path.with_name(f"cache {len(self.run.caches)}")
                shutil.copytree(path, place)
                self.run.caches[key] = place
        return "success" if fine else "failure"

    def do(self, step: dict[str, Any]) -> tuple[str, dict[str, str]]:
        given = {key: self.run.fill(value, self.known) for key, value in step.get("with", {}).items()}
        if "uses" in step:
            action, _, version = step["uses"].partition("@")
            assert re.fullmatch(r"v\d+", version)
            return "success", ACTIONS[action](self, given)
        assert "${{" not in step["run"]
        environment = {key: self.run.fill(value, self.known) for key, value in step.get("env", {}).items()}
        where = self.run.fill(step.get("working-directory", self.defaults["working-directory"]), self.known)
        return self.shell(step["run"], environment, self.workspace / where)

    def shell(self, script: str, environment: Mapping[str, str], where: Path) -> tuple[str, dict[str, str]]:
        """Run a script as GitHub does with `shell: bash`."""
        files = {name: self.run.folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        script_file = self.run.folder / "step.sh"
        script_file.write_text(script, encoding="utf-8")
        kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
        told = {
            **kept,
            "PATH": f"{make_tools(self.run.folder)}{os.pathsep}{os.environ['PATH']}",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{name: str(file) for name, file in files.items()},
            **environment,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script_file)]
        done = subprocess.run(
            command,
            cwd=where,
            env=told,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )
        self.run.log += done.stdout + done.stderr
        self.run.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return ("failure" if done.returncode else "success"), outputs


def make_tools(folder: Path) -> Path:
    """`digest` of this checkout, and a Python whose pip has everything already."""
    tools = folder / "tools"
    if not tools.exists():
        tools.mkdir()
        digest, python = tools / "digest", tools / "python"
        digest.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m digest "$@"\n', encoding="utf-8")
        pip = 'if [ "$1 $2 $3" = "-m pip install" ]; then for last; do :; done; exec cat "$last"; fi'
        python.write_text(f'#!/bin/sh\n{pip}\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        digest.chmod(0o755)
        python.chmod(0o755)
    return tools


def checkout(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    """As shallow as GitHub's."""
    url = job.run.origin.path.resolve().as_uri()
    git(job.workspace.parent, "clone", "--quiet", "--depth=1", f"--branch={given['ref']}", url, str(job.workspace))
    return {}


def setup_python(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    assert given["cache"] == "pip"
    assert (job.workspace / given["cache-dependency-path"]).is_file()
    return {}


def cache(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    """The newest cache whose key begins as asked, and a new one in the end."""
    path = job.workspace / given["path"]
    assert given["key"].startswith(given["restore-keys"])
    assert given["key"] not in job.run.caches
    kept = [place for key, place in job.run.caches.items() if key.startswith(given["restore-keys"])]
    if kept:
        shutil.copytree(kept[-1], path)
    job.saved.append((given["key"], path))
    return {}


def configure_pages(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    assert given == {}
    return {"base_url": BASE_URL, "origin": "https://ada.github.io", "host": "ada.github.io", "base_path": "/my-digest"}


def upload_pages_artifact(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    """Hidden files come along only where that is asked for; links never."""
    hidden = shutil.ignore_patterns() if given.get("include-hidden-files") == "true" else shutil.ignore_patterns(".*")
    source, job.run.artifact = job.workspace / given["path"], job.run.folder / "artifact"
    assert not [path for path in source.rglob("*") if path.is_symlink()]
    shutil.copytree(source, job.run.artifact, ignore=hidden)
    return {}


def deploy_pages(job: Job, given: Mapping[str, str]) -> dict[str, str]:
    assert job.run.artifact
    job.run.deployed = job.run.artifact
    return {"page_url": f"{BASE_URL}/"}


ACTIONS: dict[str, Callable[[Job, Mapping[str, str]], dict[str, str]]] = {
    "actions/checkout": checkout,
    "actions/setup-python": setup_python,
    "actions/cache": cache,
    "actions/configure-pages": configure_pages,
    "actions/upload-pages-artifact": upload_pages_artifact,
    "actions/deploy-pages": deploy_pages,
}
