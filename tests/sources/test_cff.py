"""Citation files of software."""

from __future__ import annotations

from pathlib import Path

from digest.model import Document, Item, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.cff import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "cff.cff"
PLAIN = """# YAML 1.2
---
cff-version: "1.1.0"
title: Onion tools
abstract: "Tools for onions."
authors:
  -
    family-names: Lovelace
    given-names: Ada
date-released: 2024-05-03
identifiers:
  - type: doi
    value: 10.1000/tools
license: MIT
url: https://garden.example/
...
"""


def read(text: str) -> Reading:
    document = Document("CITATION.cff", text)
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def test_the_paper_that_is_to_be_cited_and_what_it_names() -> None:
    reading = read(SPECIMEN.read_text(encoding="utf-8"))
    assert reading.problems == ()
    assert "title: Onion tools" in [noise.text for noise in reading.noise]
    first, second = reading.items
    assert (first.title, first.body) == ("Watering onions: a study", "We water onions every morning.")
    assert first.authors == ("Jan van Garden Jr.", "The Onion Society")
    assert (first.published, first.venue, first.tags) == (PartialDate(2024, 5), "Garden Conference", ("soil", "water"))
    assert first.identifiers.doi == "10.1000/garden.1"
    assert first.details == (("type", "paper-conference"), ("page", "335-339"))
    assert (second.title, second.venue, second.published) == ("Leeks", "Garden Letters", PartialDate(2023, 4, 1))
    assert second.identifiers.doi == "10.1000/garden.2"


def test_the_software_itself() -> None:
    (item,) = read(PLAIN).items
    assert isinstance(item, Item)
    assert (item.title, item.authors, item.body) == ("Onion tools", ("Ada Lovelace",), "Tools for onions.")
    assert (item.published, item.license) == (PartialDate(2024, 5, 3), "MIT")
    assert (item.identifiers.doi, item.links) == ("10.1000/tools", (("paper", "https://garden.example/"),))


def test_yaml_that_is_broken_is_a_problem() -> None:
    reading = read(PLAIN.replace("license: MIT", "license: [MIT"))
    assert reading.items == ()
    assert {problem.code for problem in reading.problems} == {"DG308"}
