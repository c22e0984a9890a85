"""A new site: every setting is in its site.yml with its true default, and what it makes can be built."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml

from digest.formats.frontmatter import Plain
from digest.model import Settings
from digest.reading import read_settings
from digest.starting import NewSite, choose_sources, fault_of_source, plan_files
from digest.starting.new_site import WORKFLOW, render_workflow
from digest.starting.setting_notes import GROUPS, SettingNote
from digest.starting.settings_file import default_of, render_settings

NOTES = [note for group in GROUPS for note in group.notes]
DAY = date(2026, 11, 21)


def settings_of(text: str, folder: Path) -> Settings:
    """What a site.yml says, in which nothing may be wrong."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content" / "site.yml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(folder)
    # Nobody knows which plugins are installed.
    assert [problem for problem in problems if problem.code != "DG204"] == []
    return settings


def lines_of(text: str) -> dict[str, str]:
    """The settings that stand there as comments, each one line."""
    return dict(re.findall(r"^#(\w+): (.*)$", text, re.MULTILINE))


def test_every_setting_is_explained_once() -> None:
    assert sorted(note.name for note in NOTES) == sorted(field.name for field in fields(Settings))
    assert all(note.words.endswith(".") for note in NOTES)


def test_what_is_not_chosen_is_a_comment(tmp_path: Path) -> None:
    text = render_settings({})
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []
    assert settings_of(text, tmp_path) == Settings()
    assert list(lines_of(text)) == [note.name for note in NOTES]


# What is not installed here cannot be named.
@pytest.mark.parametrize("note", [note for note in NOTES if note.name != "plugins"], ids=lambda note: note.name)
def test_a_comment_holds_the_default_or_an_example(note: SettingNote, tmp_path: Path) -> None:
    name = note.name
    settings = settings_of(f"{name}: {lines_of(render_settings({}))[name]}\n", tmp_path)
    is_default = getattr(settings, name) == getattr(Settings(), name)
    assert is_default == (default_of(name) is not None) or name == "plugins"
    assert bool(note.example) == (default_of(name) is None)


def test_what_is_chosen_is_said(tmp_path: Path) -> None:
    chosen: dict[str, Plain] = {
        "title": "Leeks: a digest",
        "language": "de",
        "sources": choose_sources(["cs.CL", "math.CO"]),
    }
    text = render_settings(chosen)
    settings = settings_of(text, tmp_path)
    assert (settings.title, settings.language) == ("Leeks: a digest", "de")
    assert [(source.name, source.categories) for source in settings.sources] == [("arxiv", ("cs.CL", "math.CO"))]
    assert set(chosen).isdisjoint(lines_of(text))


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("cs.CL", True),
        ("hep-th", True),
        ("astro-ph.GA", True),
        ("cond-mat.mes-hall", True),
        ("huggingface", True),
        ("https://example.org/feed.xml", True),
        ("cs.CL,cs.IR", False),
        ("arxiv", False),
        ("huggingfaces", False),
        ("cd.CL", False),
        ("https://", False),
        ("https://exa mple.org/feed.xml", False),
        ("https://ada:secret@example.org/feed.xml", False),
        ("Computation and Language", False),
        ("", False),
    ],
)
def test_what_may_be_fetched(name: str, good: bool) -> None:
    assert (fault_of_source(name) == "") == good


def test_sources_have_names_of_their_own(tmp_path: Path) -> None:
    feeds = ["https://a.example/1.xml", "https://www.a.example/2.xml", "https://[::1]/f", "medrxiv", "cs.CL", "cs.CL"]
    settings = settings_of(render_settings({"sources": choose_sources(feeds)}), tmp_path)
    assert [(source.name, source.kind) for source in settings.sources] == [
        ("arxiv", "arxiv-listing"),
        ("a.example", "feed"),
        ("a.example-2", "feed"),
        ("1", "feed"),
        ("medrxiv", "medrxiv"),
    ]


def test_files_of_a_site() -> None:
    files = {file.path: file.text for file in plan_files(NewSite('A "site"', DAY, "research-digest==9", language="de"))}
    assert list(files) == [
        "content/site.yml",
        "content/2026/11/21/adam.md",
        "content/pages/about.md",
        ".gitignore",
        ".gitattributes",
        "README.md",
        "requirements.txt",
        WORKFLOW,
    ]
    assert all(not re.search(r"@[A-Z]+@", text) and text.endswith("\n") for text in files.values())
    assert files["requirements.txt"] == "research-digest==9\n"
    assert "\nlang: en\n" in files["content/2026/11/21/adam.md"]
    assert "date: 2026-11-21\n" in files["content/2026/11/21/adam.md"]


def test_without_a_workflow_nothing_speaks_of_it() -> None:
    files = {file.path: file.text for file in plan_files(NewSite("A", DAY, "x", workflow=False, samples=False))}
    assert list(files) == ["content/site.yml", ".gitignore", ".gitattributes", "README.md", "requirements.txt"]
    assert "workflow" not in files["README.md"]


@pytest.mark.parametrize("folder", ["", "site", "sites/my site", "l'été # 1", '"quoted"'])
@pytest.mark.parametrize("branch", ["main", "on the: way", "release/1"])
def test_a_workflow_of_any_folder_and_branch(folder: str, branch: str) -> None:
    flow = yaml.load(render_workflow(branch, folder), yaml.BaseLoader)
    assert flow["on"]["push"]["branches"] == [branch]
    assert flow["defaults"]["run"]["working-directory"] == (folder or ".")
    path = f"{folder}/" if folder else ""
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    given = [step["with"] for step in steps if "with" in step]
    assert {each["cache-dependency-path"] for each in given if "cache" in each} == {f"{path}requirements.txt"}
    assert [each["path"] for each in given if "path" in each] == [f"{path}.digest-cache", f"{path}output"]
    key = next(each["key"] for each in given if "key" in each)
    assert f"hashFiles('{path.replace(chr(39), chr(39) * 2)}requirements.txt')" in key


def test_every_job_asks_for_the_least() -> None:
    flow = yaml.load(render_workflow("main", ""), yaml.BaseLoader)
    assert flow["permissions"] == {}
    assert {name: job.get("permissions") for name, job in flow["jobs"].items()} == {
        "build": {"contents": "write", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "fetch-failed": None,
    }
    assert all(int(job["timeout-minutes"]) <= 60 for job in flow["jobs"].values())
    assert flow["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    [schedule] = flow["on"]["schedule"]
    minute, hour, *days = schedule["cron"].split()
    assert int(minute) % 5
    assert (int(hour), days) == (6, ["*", "*", "1-5"])


def test_nothing_of_a_run_gets_into_a_script() -> None:
    """What GitHub puts into a script is read as a part of it: names of branches are a stranger's text."""
    flow = yaml.load(render_workflow("main", "a b"), yaml.BaseLoader)
    scripts = [step["run"] for job in flow["jobs"].values() for step in job["steps"] if "run" in step]
    assert json.dumps(scripts).count("${{") == 0
