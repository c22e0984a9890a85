"""What `digest init` writes: the files of a small site that is ready to build, as values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from digest.formats import urls
from digest.formats.frontmatter import Plain
from digest.model import SETTINGS_FILE
from digest.starting.settings_file import render_settings

WORKFLOW: Final = ".github/workflows/digest.yml"
# What is needed as it is written here; a file of another name that is there already may stay.
NEEDED: Final = (SETTINGS_FILE, "requirements.txt", WORKFLOW)

_FILES: Final = Path(__file__).parent / "files"
_SIMPLE: Final = re.compile(r"[A-Za-z0-9_][\w./-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewSite:
    """What the curator of a new site has said; what is empty stays a comment in site.yml.

    `requirement` is how pip gets digest, `folder` the path of the site within its repository, `branch` the one that is
    published. `sources` are queries by name, as site.yml has them.
    """

    title: str
    day: date
    requirement: str
    id: str = ""
    author: str = ""
    language: str = ""
    timezone: str = ""
    base_url: str = ""
    sources: Mapping[str, Plain] | None = None
    branch: str = "main"
    folder: str = ""
    workflow: bool = True
    samples: bool = True


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be; `path` begins at the folder of the site, that of the workflow at the root of the repository."""

    path: str
    text: str

    @property
    def needed(self) -> bool:
        """Whether another file of this name is in the way."""
        return self.path in NEEDED

    @property
    def of_repository(self) -> bool:
        """Whether it is one of the whole repository."""
        return self.path == WORKFLOW


def plan_files(site: NewSite) -> Iterator[NewFile]:
    """The files of a new site, in the order in which a newcomer should look at them."""
    words = {"TITLE": site.title, "BRANCH": site.branch, "DAY": site.day.isoformat(), "LANG": _language_line(site)}
    yield NewFile(SETTINGS_FILE, render_settings(_settings_of(site)))
    if site.samples:
        yield NewFile(f"content/{site.day:%Y/%m/%d}/adam.md", _fill("entry.md", words))
        yield NewFile("content/pages/about.md", _fill("about.md", words))
    yield NewFile(".gitignore", _fill("gitignore", {}))
    yield NewFile(".gitattributes", _fill("gitattributes", {}))
    more = _fill("workflow_readme.md", words) if site.workflow else ""
    yield NewFile("README.md", _fill("README.md", words) + more)
    yield NewFile("requirements.txt", f"{site.requirement}\n")
    if site.workflow:
        yield NewFile(WORKFLOW, render_workflow(site.branch, site.folder))


def render_workflow(branch: str, folder: str) -> str:
    """The workflow of a site that lies in `folder` of its repository, empty for its root."""
    lines = (_fill_line(line, folder) for line in _fill("digest.yml", {"BRANCH": _scalar(branch)}).splitlines())
    return "\n".join(lines) + "\n"


def choose_sources(wanted: Iterable[str]) -> Mapping[str, Plain]:
    """Queries for what `--source` names: categories of arXiv together, services by name, feeds by address."""
    queries: dict[str, Plain] = {}
    categories: list[str] = []
    for name in wanted:
        if "://" in name:
            host = re.sub(r"[^a-z0-9.-]", "", name.split("://", 1)[1].partition("/")[0].lower()).strip(".-") or "feed"
            queries[_free_name(host.removeprefix("www."), queries)] = {"kind": "feed", "url": name}
        elif name in SERVICES:
            queries[name] = {"kind": name}
        else:
            categories.append(name)
    if categories:
        queries = {"arxiv": {"kind": "arxiv-listing", "categories": tuple(dict.fromkeys(categories))}, **queries}
    return queries


SERVICES: Final = ("huggingface", "biorxiv", "medrxiv")
# The archives of arXiv, so that a slip of the pen is told now and not by a fetch that brings nothing.
_CATEGORY: Final = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex|nucl-th|physics"
    r"|q-bio|q-fin|quant-ph|stat)(?:\.(?:[A-Z]{2}|[a-z-]+))?"
)


def fault_of_source(name: str) -> str:
    """Why a word names no source, or nothing."""
    if name in SERVICES or _CATEGORY.fullmatch(name):
        return ""
    if re.match(r"https?://[^\s/]", name):
        if urls.without_login(name) != name:
            return f"holds a name or a password, which would stand in {SETTINGS_FILE} for all to read"
        return urls.fault_of_url(name)
    return f"is no category of arXiv such as cs.CL, no address of a feed and none of {', '.join(SERVICES)}"


def _settings_of(site: NewSite) -> dict[str, Plain]:
    names = ("title", "author", "language", "timezone", "base_url", "id", "sources")
    return {name: getattr(site, name) for name in names}


def _language_line(site: NewSite) -> str:
    """The first entry is in English, whatever the site is."""
    return "" if site.language.partition("-")[0] in {"", "en"} else "lang: en\n"


def _free_name(name: str, taken: Mapping[str, Plain]) -> str:
    name, number = name[:60], 2
    free = name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def _fill(name: str, words: Mapping[str, str]) -> str:
    text = (_FILES / name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _fill_line(line: str, folder: str) -> str:
    """A line of the workflow with its paths; what is no simple word is put into quotes, as YAML and GitHub want it."""
    path = f"{folder}/" if folder else ""
    if "@FOLDER@" in line:
        return line.replace("@FOLDER@", _scalar(folder or "."))
    if "hashFiles(" in line:
        line = line.replace("@PATH@", path.replace("'", "''"))
        name, _, value = line.partition(": ")
        return line if not folder or _SIMPLE.fullmatch(folder) else f"{name}: {json.dumps(value, ensure_ascii=False)}"
    if "@PATH@" in line:
        name, _, value = line.partition(": ")
        return f"{name}: {_scalar(value.replace('@PATH@', path))}"
    return line


def _scalar(text: str) -> str:
    simple = _SIMPLE.fullmatch(text) or text == "." or (text.startswith(".") and _SIMPLE.fullmatch(text[1:]))
    return text if simple else json.dumps(text, ensure_ascii=False)
