"""Whole sites in other languages: no word of English in them, and nothing wrong with their pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from built_sites import ROOT, build_site, serve_site, tree
from extreme_site import write_extreme_site

from digest.formats import languages
from digest.model import Catalogue, Settings, Theme
from digest.rendering import load_theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LANGUAGES = ("ar", "de", "en", "es", "fr", "ja", "pt", "zh")
JAR = ROOT / ".venv/node/node_modules/vnu-jar/build/dist/vnu.jar"

# Everything that a person wrote is Greek here, so that a Latin letter is a word of ours.
SITE = """\
title: Πρωινά
description: Μία σελίδα με τον καφέ
author: Άδα
license: Ελεύθερα
language: ja
author_page_entries: 1
venue_page_entries: 1
page_size: 1
home_day_entries: 1
"""
ENTRY = """\
---
title: Περί {name}
date: {day}
slug: "{number}"
authors: [Άδα Αυγουστά, Κάρολος, Έκτη, Τρίτη, Όγδοη, Ένατη, Έβδομη]
tags: [μηχανές, νόες]
venue: Πρακτικά
published: 2018-04
updated: 2026-10-20
announced: 2026-10-01
license: Κοινά
summary: Εν ολίγοις.
{kind}
links: {{κώδικας: "https://example.org/"}}
arxiv: "1912.0000{number}"
aliases: [/παλιά{number}/]
---

Ένα κείμενο περί μηχανών.

## Ένα

Και κάτι ακόμη.

## Δύο

Και κάτι ακόμη.

## Τρία

Και κάτι ακόμη.
"""
# Names of things, which are the same everywhere, and letters of keys.
NAMES = re.compile(
    r"\b(?:RSS|Atom|JSON Feed|OPML|BibTeX|RIS|CSL-JSON|CSL JSON|Markdown|JavaScript|arXiv|DOI|URL|digest|Aa|PDF)\b"
)
SAID = {"aria-label", "title", "placeholder", "alt"}


class EveryWord(Mapping[str, tuple[str, ...]]):
    """A catalogue of a language in which every text is the English one between marks."""

    def __getitem__(self, english: str) -> tuple[str, ...]:
        return (f"⟦{english}⟧",)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


class Said(HTMLParser):
    """What a page says: its texts, and the attributes that are read aloud or shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts = [""]  # the first is all the running text: a sentence may hold elements
        self._silent = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.texts += [value for name, value in values.items() if name in SAID and values.get("class") != "Z3988"]
        self.texts += [
            value for name, value in values.items() if name.startswith("data-") and re.search("[A-Z ]", value)
        ]
        if tag == "meta" and re.search("description|title", values.get("name", "") + values.get("property", "")):
            self.texts.append(values["content"])
        if tag in {"script", "style", "kbd", "code", "pre", "math"}:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts[0] += data


def english_in(text: str) -> str:
    """What is left of a text without all that came from the catalogue, addresses and names."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    text = NAMES.sub("", re.sub(r"https?://\S+|/\S*", "", text))
    return " ".join(re.findall(r"[A-Za-z]\w*", text))


@pytest.fixture
def marked_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of every kind of page whose words are all marked."""
    content = tmp_path / "content"
    (content / "pages").mkdir(parents=True)
    (content / "site.yml").write_text(SITE, encoding="utf-8")
    for number, (day, kind) in enumerate(
        [("2026-10-05", "summary"), ("2026-10-05", "abstract"), ("2025-09-01", "note")]
    ):
        text = ENTRY.format(name="όντων" * (number + 1), number=number, day=day, kind=f"kind: {kind}")
        (content / f"{number}.md").write_text(text, encoding="utf-8")

    def load_marked(settings: Settings, site: Path) -> Theme:
        return replace(load_theme(settings, site), words=Catalogue("ja", EveryWord(), "0"))

    monkeypatch.setattr(sys.modules["digest.pipeline.build"], "load_theme", load_marked)
    build_site(tmp_path, tmp_path / "output")
    return tmp_path / "output"


def test_no_word_of_english_is_left(marked_site: Path) -> None:
    pages = {path: data.decode() for path, data in tree(marked_site).items() if path.endswith(".html")}
    assert len(pages) > 20
    found = {english_in(text): f"{path}: {text.strip()}" for path, page in pages.items() for text in Said(page).texts}
    assert {english: place for english, place in found.items() if english} == {}


def test_nor_in_the_names_of_feeds(marked_site: Path) -> None:
    feeds = {path: data.decode() for path, data in tree(marked_site).items() if path.endswith((".xml", ".opml"))}
    shown = r"<(?:title|subtitle|description)[^>]*>(?:<!\[CDATA\[)?([^<]*)|\s(?:text|title|description)=\"([^\"]*)\""
    texts = [(path, "".join(found)) for path, feed in feeds.items() for found in re.findall(shown, feed)]
    assert len(texts) > 20
    assert {path: text for path, text in texts if english_in(re.sub("&[a-z]+;", "", text))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_in_each_language(language: str, tmp_path: Path) -> None:
    write_extreme_site(tmp_path, language=language, search="false")
    build_site(tmp_path, tmp_path / "output")
    pages = {path: data.decode() for path, data in tree(tmp_path / "output").items() if path.endswith(".html")}
    opening = f'<html lang="{language}" dir="{languages.text_direction(language)}"'
    assert [path for path, page in pages.items() if opening not in page] == []
    said = " ".join(text for page in pages.values() for text in Said(page).texts)
    assert ("Archive " in said or "Subscribe" in said) == (language == "en")


@pytest.mark.parametrize("language", ["de", "en-US"])
def test_the_machine_has_no_say(language: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yml").write_text(f"language: {language}\nsearch: false\n", encoding="utf-8")
    (tmp_path / "content" / "a.md").write_text(
        "---\ntitle: A title\ndate: 2026-05-03\n---\n\nIIIiii\n", encoding="utf-8"
    )
    built = []
    for machine in ("C", "ar_EG.UTF-8", "tr_TR.UTF-8"):
        spoken = dict.fromkeys(("LANGUAGE", "LC_ALL", "LC_TIME", "LC_MESSAGES", "LANG"), machine)
        command = [
            sys.executable,
            "-m",
            "digest",
            "build",
            "--site",
            str(tmp_path),
            "--output",
            str(tmp_path / machine),
        ]
        subprocess.run(command, env={**os.environ, **spoken}, check=True, capture_output=True)
        built.append(tree(tmp_path / machine))
    assert built[0] == built[1] == built[2]


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_the_html_checker_finds_nothing(language: str, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        pytest.skip("no Java, or no npm to bring the Nu HTML checker")
    write_extreme_site(tmp_path, language=language)
    build_site(tmp_path, tmp_path / "output")
    command = [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", str(tmp_path / "output")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [message for message in json.loads(done.stderr)["messages"] if message["type"] == "error"]
    assert [f"{message['url']}:{message.get('lastLine')}: {message['message']}" for message in found] == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "ja"])
def test_everyone_can_read_it(language: str, tmp_path: Path, browser: Browser) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH

    write_extreme_site(tmp_path, language=language)
    build_site(tmp_path, tmp_path / "output")
    axe, found = AXE_FILE_PATH.read_text(encoding="utf-8"), []
    serving = serve_site(tmp_path / "output")
    address = next(serving)
    for width in (360, 1280):
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        page = context.new_page()
        for path in (
            "",
            "archive/",
            "2026/10/",
            "2026/10/05/",
            "2026/10/05/arabic/",
            "tags/extremes/",
            "search/",
            "statistics/",
        ):
            page.goto(address + "/" + path)
            page.evaluate(axe)
            found += [f"{path} {width}: {one['id']}" for one in page.evaluate("axe.run(document)")["violations"]]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{path} {width}: scrolls sideways")
        context.close()
    next(serving, None)
    assert found == []
