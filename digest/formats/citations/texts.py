"""Texts on one line, as every field of a bibliography has them."""

from __future__ import annotations

from typing import Final

from digest.formats import characters
from digest.formats.name_parts import part_name
from digest.formats.patterns import lazily
from digest.model import Person, Reference

# Overrides and isolates of direction: what follows them in a file of others would be turned around.
_TURNS: Final = lazily("[\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text without line ends, controls and what turns the text behind it around."""
    if text.isprintable():  # nearly all but abstracts
        return text.strip()
    return " ".join(_TURNS.sub("", characters.drop_forbidden(text)).split())


def turned_name(person: Person) -> str:
    """`van Beethoven, Ludwig, Jr.`; a group stays as it is."""
    if not person.family:
        return one_line(person.name)
    parts = (f"{person.particle} {person.family}", person.given, person.suffix)
    return ", ".join(part for part in map(one_line, parts) if part)


def list_editors(reference: Reference) -> list[Person]:
    """The editors, whose names stand in one detail."""
    told = dict(reference.details).get("editor", "")
    return [part_name(name) for text in told.split(";") if (name := one_line(text))]


def first_last(pages: str) -> tuple[str, str]:
    """The first and the last page of `335-339`; one alone is the first."""
    first, _, last = pages.replace("–", "-").replace("--", "-").partition("-")
    return (first.strip(), last.strip()) if "-" not in last else (pages, "")
