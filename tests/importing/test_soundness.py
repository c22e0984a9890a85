"""What no entry can hold is left out of an item, and said; nothing that a source tells stops an import or a build."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from invented import LONG, Desk, abstract

from digest.importing import KeptEntry
from digest.importing.soundness import make_sound
from digest.model import Identifiers, Item, PartialDate, Problem

LEEKS = abstract(LONG.format("leeks", 3), title="On leeks")
EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
BAD: dict[str, dict[str, Any]] = {
    "an instant that other zones have not": {"day": datetime(9999, 12, 31, 23, tzinfo=WEST)},
    "an instant before the first day": {"day": datetime(1, 1, 1, tzinfo=EAST)},
    "a year of three digits": {"published": PartialDate(999, 1, 1)},
    "a day that does not exist": {"published": PartialDate(2023, 2, 30)},
    "a month that does not exist": {"updated": PartialDate(2023, 13)},
    "a language of another kind": {"lang": "English (US)"},
    "an alias elsewhere": {"aliases": ("old", "/", "/a/../b/", "")},
    "a link that runs": {"links": (("paper", "javascript:alert(1)"),)},
    "a link that is none": {"links": (("paper", "https://[a/"), ("code", "https://"))},
    "an arXiv id that is none": {"identifiers": Identifiers(arxiv="../../x")},
    "a DOI that is none": {"identifiers": Identifiers(doi="10.1000")},
    "a PubMed id that is none": {"identifiers": Identifiers(pmid="---\n", pmcid="x")},
}


@pytest.mark.parametrize("case", BAD)
def test_what_no_entry_can_hold_is_left_out_and_said(tmp_path: Path, case: str) -> None:
    desk = Desk(tmp_path)
    desk.bring(replace(LEEKS, **BAD[case]))
    assert desk.states() == ["warning DG308"]
    entry = desk.entry()
    assert entry.title == "On leeks"
    assert (entry.links, entry.aliases, entry.identifiers, entry.lang) == ((), (), Identifiers(), "")
    files = desk.files()
    desk.bring(replace(LEEKS, **BAD[case]))
    assert desk.files() == files


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\ufdd0"])
@pytest.mark.parametrize(
    "name",
    ["title", "body", "venue", "summary", "license", "guid", "lang", "authors", "tags", "links", "details", "doi"],
)
def test_control_characters_and_halves_of_characters_go(name: str, sign: str) -> None:
    text = f"so{sign}il"
    values: dict[str, Any] = {
        "authors": (text,),
        "tags": (text,),
        "links": (("code", f"https://{text}.example/"),),
        "details": ((text, text),),
        "doi": f"10.1000/{text}",
    }
    names = Identifiers(doi=values["doi"]) if name == "doi" else Identifiers()
    item = replace(LEEKS, identifiers=names) if name == "doi" else replace(LEEKS, **{name: values.get(name, text)})
    sound, problems = make_sound(item)
    assert sign not in repr(sound)
    assert repr(sign)[1:-1] not in repr(sound)
    assert "soil" in repr(sound) or name == "lang"
    assert len(problems) == (name == "lang")


def test_names_of_a_paper_are_written_as_entries_have_them(tmp_path: Path) -> None:
    names = Identifiers(arxiv="arXiv:1804.00222v2", doi="https://doi.org/10.1000/a.", version=None)
    desk = Desk(tmp_path)
    desk.bring(replace(LEEKS, identifiers=names))
    assert desk.entry().identifiers == Identifiers(arxiv="1804.00222", version=2, doi="10.1000/a")
    (known,) = desk.bring(replace(LEEKS, identifiers=names))
    assert isinstance(known, KeptEntry)
    assert known.state == "unchanged"


def test_a_sound_item_stays_as_it_is() -> None:
    item = Item(
        "note", "Soil.", LEEKS.span, title="Leeks", day=datetime(2024, 1, 2, tzinfo=UTC), published=PartialDate(2024),
        lang="pt-BR", links=(("paper", "https://example.org/a b"),), aliases=("/a/b/",),
        identifiers=Identifiers(arxiv="1804.00222", version=3, doi="10.1000/a", pmid="12", pmcid="PMC3"),
    )  # fmt: skip
    assert make_sound(item) == (item, tuple[Problem, ...]())
    assert make_sound(replace(item, day=date(2024, 1, 2)))[1] == ()


def test_letters_that_were_read_wrongly_stay_as_they_came(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    item = replace(LEEKS, title="Leeks by Wei\xc3\x9fl", body="The soil of Wei\xc3\x9fl keeps its water.")
    desk.bring(item)
    (text,) = desk.files().values()
    assert "Wei\xc3\\u009fl" in text.decode()
    assert "Wei\xc3\x9fl" in text.decode()
    (tmp_path / ".digest/known.sqlite").unlink()
    (known,) = desk.bring(item)
    assert isinstance(known, KeptEntry)
    assert known.state == "unchanged"
