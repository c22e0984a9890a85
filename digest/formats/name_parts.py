"""Names in natural order to their parts, as bibliographies sort by them: `Ludwig van Beethoven` is of the Beethovens.

Nobody can know from a name alone where a family name of two words begins; what has a particle tells it, of the others
the last word is taken. No word is lost: the parts in their order are the name again (`person_names.join_name`).
"""

from __future__ import annotations

from typing import Final

from digest.formats import person_names
from digest.formats.patterns import lazily
from digest.model import Person

_SUFFIX: Final = lazily(r"(?:Jr|Sr|jr|sr)\.?|II|III|IV|[234](?:nd|rd|th)")
_SMALL: Final = (
    "van von vom zu zum zur der den de del della dello dei degli da das do dos di du la le lo les los las af av ten "
    "ter te 't ’t op in het y e d' al el bin ibn ben bint abu st. san"
)
_PARTICLES: Final = frozenset(_SMALL.split())
# Written large they may be given names or middle names as well (`Ben`, `Al`, `Da`), but hardly these.
_CAPITAL_PARTICLES: Final = frozenset(
    ["Van", "Von", "De", "Del", "Della", "Di", "Du", "Dos", "El", "La", "Le", "Vander", "Ter"]
)
_GROUP_NAMES: Final = (
    "collaboration collaborations consortium group team university universität université universidad institute "
    "institutes institut instituto institution laboratory laboratories laboratoire project committee society "
    "association network center centre foundation department ministry organization organisation initiative alliance "
    "council agency company corporation inc inc. ltd ltd. gmbh academy college school board members investigators "
    "authors editors research lab labs study panel force working the for and of"
)
_GROUP_WORDS: Final = frozenset(_GROUP_NAMES.split())
_NO_PERSON: Final = lazily(r"[0-9&@(/]")
_LONGEST: Final = 200
_MOST_WORDS: Final = 8


def part_name(name: str) -> Person:
    """The parts of a name as an entry writes it."""
    name = " ".join(name.split())
    if len(name) > _LONGEST or " " not in name or _is_group(name):
        return Person(name)
    if "," in name:
        return _part_turned(name)
    words = name.split(" ")
    if len(words) == 2 and person_names.is_asian(*words):
        return Person(name, family=words[0], given=words[1])
    if len(words) > _MOST_WORDS:
        return Person(name)
    return _part_words(words)


def _is_group(name: str) -> bool:
    words = name.lower().replace(",", " ").split()
    return not _GROUP_WORDS.isdisjoint(words) or _NO_PERSON.search(name) is not None


def _part_turned(name: str) -> Person:
    """`Lovelace, Ada` and `Martin Luther King, Jr.`."""
    parts = [part.strip() for part in name.split(",")]
    if not all(parts) or len(parts) > 3 or len(" ".join(parts).split()) > _MOST_WORDS:
        return Person(name)
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        *particles, family = _cut_particles(parts[0].split(" "))
        name = person_names.join_name(parts[1], family, " ".join(particles))
        return Person(name, family, parts[1], " ".join(particles))
    return _part_words(person_names.natural_name(name).split(" "))


def _part_words(words: list[str]) -> Person:
    name = " ".join(words)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = next((place for place in range(1, len(words) - 1) if _is_particle(words, place)), len(words) - 1)
    *particles, family = _cut_particles(words[start:])
    return Person(name, family, " ".join(words[:start]), " ".join(particles), suffix)


def _is_particle(words: list[str], place: int) -> bool:
    """Whether the family name begins here; `y` and `e` join two family names: `José Ortega y Gasset`."""
    word = words[place]
    if place + 2 < len(words) and words[place + 1] in {"y", "e"}:
        return True
    return (word in _PARTICLES and word not in {"y", "e"}) or word in _CAPITAL_PARTICLES


def _cut_particles(words: list[str]) -> list[str]:
    """The particles in small letters, then the rest as one; those written large belong to the name itself."""
    place = 0
    while place < len(words) - 1 and words[place] in _PARTICLES:
        place += 1
    return [*words[:place], " ".join(words[place:])]
