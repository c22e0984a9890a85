"""Tags that help nobody: used once, spelt in two ways, or not among those that there may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from digest.checking.places import place_of_tag
from digest.formats.spellings import fold_spelling
from digest.model import CheckedSite, Entry, Problem

_MANY: Final = 20  # entries from which on a tag of one entry stands alone
_SHORTEST: Final = 8  # letters of a name in which one may be a slip of the pen
_RARE, _USUAL = 2, 6  # entries of a name that may be one, and of the name that may be meant


def check_tags(checked: CheckedSite) -> Iterator[Problem]:
    """DG906 for names that differ in their spelling only, DG905 for those of one entry; each at the rarer one."""
    by_tag = checked.site.by_tag
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for tag in by_tag:
        spelt[fold_spelling(tag)].append(tag)
    doubtful: set[str] = set()
    for tags in spelt.values():
        usual, *others = sorted(tags, key=lambda tag: (-len(by_tag[tag]), tag))
        for tag in others:
            doubtful.add(tag)
            yield _complain(checked, tag, usual)
    for tag, usual in _find_slips(by_tag, spelt):
        if tag not in doubtful:
            doubtful.add(tag)
            yield _complain(checked, tag, usual)
    if len(checked.site.entries) < _MANY:
        return
    for tag, entries in by_tag.items():
        if len(entries) == 1 and tag not in doubtful:
            span = place_of_tag(checked, entries[0].path, tag)
            hint = "give it to other entries, or use a tag that they have"
            yield Problem("note", "DG905", f"the tag {tag!r} stands on this entry only", span, hint)


def check_vocabulary(checked: CheckedSite) -> Iterator[Problem]:
    """DG907 for each tag that is not in the vocabulary, where only its tags may be used."""
    if checked.vocabulary is None:
        return
    for tag, entries in checked.site.by_tag.items():
        if tag not in checked.vocabulary:
            span = place_of_tag(checked, entries[0].path, tag)
            message = f"the tag {tag!r} is not in the vocabulary{_tell_more(entries)}"
            yield Problem("warning", "DG907", message, span, f"use another tag, or add {tag} to the vocabulary")


def _complain(checked: CheckedSite, tag: str, usual: str) -> Problem:
    by_tag = checked.site.by_tag
    entries = by_tag[tag]
    count = len(by_tag[usual])
    stands = f"{count} entries" if count > 1 else "one entry"
    message = f"the tag {tag!r} differs from {usual!r}, on {stands}, in its spelling only"
    span = place_of_tag(checked, entries[0].path, tag)
    return Problem("warning", "DG906", message + _tell_more(entries), span, f"write one of them everywhere: {usual}")


def _tell_more(entries: Sequence[Entry]) -> str:
    return f", here and in {len(entries) - 1} more" if len(entries) > 1 else ""


def _find_slips(by_tag: Mapping[str, Sequence[Entry]], spelt: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Rare names, each with a usual one from which it differs in one letter; another digit is another thing."""
    shapes: defaultdict[str, set[str]] = defaultdict(set)
    for name in spelt:
        if len(name) >= _SHORTEST:
            for place in range(len(name)):
                if not name[place].isdigit():
                    shapes[name[:place] + name[place + 1 :]].add(name)
            shapes[name].add(name)
    for names in shapes.values():
        if len(names) > 1:
            tags = sorted((tag for name in names for tag in spelt[name]), key=lambda tag: (-len(by_tag[tag]), tag))
            for tag in tags[1:]:
                if len(by_tag[tag]) <= _RARE and len(by_tag[tags[0]]) >= _USUAL:
                    yield tag, tags[0]
