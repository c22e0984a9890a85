"""What of a source a site wants: words of title and abstract, authors, categories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from digest.model import Item, Selection, SourceQuery

Wants = Callable[[Item], bool]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """A selection, made ready; `None` where it says nothing."""

    keywords: re.Pattern[str] | None
    authors: re.Pattern[str] | None
    categories: re.Pattern[str] | None
    announcements: re.Pattern[str] | None

    @classmethod
    def of(cls, selection: Selection) -> _Matcher:
        """The selection with every phrase as a pattern."""
        return cls(
            _compile(selection.keywords),
            _compile(selection.authors),
            _compile(selection.categories, r"[\w.]"),
            _compile(selection.announcements, r"[\w-]"),
        )

    def verdicts(self, item: Item) -> list[bool]:
        """What every list that says something says of the item."""
        found = []
        if self.keywords:
            found.append(bool(self.keywords.search(_bare(f"{item.title}\n{item.body}"))))
        if self.authors:
            found.append(any(self.authors.search(_bare(author)) for author in item.authors))
        if self.categories:
            found.append(any(self.categories.fullmatch(_bare(name)) for name in _categories_of(item)))
        if self.announcements:
            # What does not say how it was announced is new.
            kind = next((value for name, value in item.details if name == "announcement"), "new")
            found.append(bool(self.announcements.fullmatch(_bare(kind))))
        return found


def make_filter(source: SourceQuery) -> Wants:
    """Whether an item is wanted: every list of `include` has a word for it, and no list of `exclude`."""
    include, exclude = _Matcher.of(source.include), _Matcher.of(source.exclude)
    return lambda item: all(include.verdicts(item)) and not any(exclude.verdicts(item))


def _compile(phrases: Sequence[str], letter: str = r"\w") -> re.Pattern[str] | None:
    """Whole words and phrases; `*` stands for any letters. Between words may stand blanks and hyphens."""
    patterns = [pattern for phrase in phrases if (pattern := _pattern_of(phrase, letter))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None


def _pattern_of(phrase: str, letter: str) -> str:
    words = re.split(r"[\s-]+", _bare(phrase).strip())
    return r"[\s-]+".join(_word_pattern(word, letter) for word in words if word)


def _word_pattern(word: str, letter: str) -> str:
    """The word, its stars matched without ever going back but for the last one: many of them take no longer."""
    first, *middle = map(re.escape, word.split("*"))
    if not middle:
        return first
    return first + "".join(rf"(?>{letter}*?{part})" for part in middle[:-1]) + f"{letter}*{middle[-1]}"


def _categories_of(item: Item) -> Iterable[str]:
    """The categories, one by one and as they are written: those of some services have blanks in them."""
    for name, value in item.details:
        if name in {"categories", "category"}:
            yield value
            yield from value.split()
    yield from item.tags


def _bare(text: str) -> str:
    """In small letters and without accents: names come with them and without. `_` is a blank."""
    text = text.replace("_", " ")
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))
