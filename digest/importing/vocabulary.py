"""A vocabulary: tags, the phrases that call for them, and where in a run of words phrases stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from digest.formats import frontmatter
from digest.formats.spellings import fold_word
from digest.model import Problem, Span

REMEMBERED: Final = 1 << 15  # words
WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
TAG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that call for a tag, or only hint at it. `exact` words must be written alike, case and all."""

    words: Words
    exact: tuple[bool, ...]
    tag: str
    hint: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Tags with their phrases, and the wider tag of each that has one."""

    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    broader: Mapping[str, str] = field(default_factory=dict)

    def extend(self, other: Vocabulary) -> Vocabulary:
        """This vocabulary with another's tags; where both have a tag, the other's phrases take its place."""
        return Vocabulary({**self.phrases, **other.phrases}, {**self.broader, **other.broader})

    def wider(self, tag: str) -> Iterator[str]:
        """The wider tags that a tag implies, the nearest first."""
        seen = {tag}
        while (found := self.broader.get(tag)) is not None and found not in seen:
            seen.add(found)
            yield found
            tag = found


def parse_vocabulary(text: str, path: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """A vocabulary file: YAML, `tag: [phrase, …]` or `tag: {broader: tag, phrases: […], hints: […]}`; DG203."""
    mapping, found = frontmatter.parse_mapping(text, path, "DG203")
    problems = list(found)
    phrases: dict[str, tuple[Phrase, ...]] = {}
    broader: dict[str, str] = {}
    for key, node in mapping.pairs:
        tag = key.text
        if not TAG.fullmatch(tag):
            hint = "write it in kebab-case, e.g. reinforcement-learning"
            problems.append(Problem("error", "DG203", f"`{tag}` is not a tag", key.span, hint))
            continue
        # A single word is often common too (`control`, `attention`): it calls for its tag only where it is listed.
        made = [make_phrase(tag.replace("-", " "), tag)] if "-" in tag else []
        listed: frontmatter.Node | None = node
        hints: frontmatter.Node | None = None
        if isinstance(node, frontmatter.MapNode):
            listed, hints, wider = node.get("phrases"), node.get("hints"), node.get("broader")
            if isinstance(wider, frontmatter.ScalarNode) and not wider.empty:
                broader[tag] = wider.text
        made += [make_phrase(said, tag) for said in _read_list(listed, tag, "phrase", problems)]
        made += [make_phrase(said, tag, hint=True) for said in _read_list(hints, tag, "hint", problems)]
        phrases[tag] = tuple({(phrase.words, phrase.exact): phrase for phrase in made}.values())  # the last one counts
    return Vocabulary(phrases, broader), tuple(problems)


def _read_list(node: frontmatter.Node | None, tag: str, noun: str, problems: list[Problem]) -> Iterator[str]:
    def wrong(message: str, span: Span, hint: str) -> None:
        problems.append(Problem("error", "DG203", message, span, hint))

    if node is None:
        return
    if not isinstance(node, frontmatter.ListNode):
        wrong(f"the {noun}s of `{tag}` are not a list", node.span, "write them in brackets: [one, another one]")
        return
    for item in node.items:
        if isinstance(item, frontmatter.ScalarNode) and WORD.search(item.text):
            yield item.text
        else:
            wrong(f"a {noun} of `{tag}` is not text", item.span, "write words, in quotes if need be")


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary that digest ships."""
    text = resources.files("digest.importing").joinpath("vocabulary.yml").read_text(encoding="utf-8")
    vocabulary, problems = parse_vocabulary(text, "vocabulary.yml")
    if problems:
        raise ValueError(f"the bundled vocabulary is broken: {problems[0].message}")
    return vocabulary


def make_phrase(text: str, tag: str, *, hint: bool = False) -> Phrase:
    """A phrase as it is looked for: a word with a capital is exact, another is folded."""
    words = WORD.findall(unicodedata.normalize("NFC", text))
    exact = tuple(word != word.lower() for word in words)
    folded = tuple(word if alike else fold_word(word) for word, alike in zip(words, exact, strict=True))
    return Phrase(folded, exact, tag, hint)


@dataclass(slots=True)
class Branch:
    """The phrases that begin with the same folded words: those that end here, and what may come next."""

    phrases: list[Phrase] = field(default_factory=list)
    following: dict[str, Branch] = field(default_factory=dict)


class PhraseTree(dict[str, Branch | None]):
    """A written word → the phrases that begin with it, or None; what was asked is remembered, within bounds."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.root = Branch()
        for phrases in vocabulary.phrases.values():
            for phrase in phrases:
                ends = [self.root]
                for word, exact in zip(phrase.words, phrase.exact, strict=True):
                    forms = {fold_word(word), fold_word(word + "s")} if exact else {word}
                    ends = [branch.following.setdefault(form, Branch()) for branch in ends for form in forms]
                for branch in ends:
                    branch.phrases.append(phrase)

    def __missing__(self, word: str) -> Branch | None:
        if len(self) >= REMEMBERED:
            self.clear()
        branch = self[word] = self.root.following.get(fold_word(word))
        return branch


@lru_cache(maxsize=4)
def grow_tree(vocabulary: Vocabulary) -> PhraseTree:
    """The tree of a vocabulary's phrases, made once for each vocabulary."""
    return PhraseTree(vocabulary)


def find_phrases(words: Sequence[str], tree: PhraseTree) -> Iterator[tuple[int, Phrase]]:
    """The longest phrases at each place of a text; one place may call for several tags with phrases of one length."""
    free, end = 0, len(words)
    for position, first in enumerate(map(tree.__getitem__, words)):
        if first is None or position < free:
            continue
        place = position + 1
        if not first.phrases and (place == end or fold_word(words[place]) not in first.following):
            continue  # as it is with most
        branch: Branch | None = first
        found: list[Phrase] = []
        while branch is not None:
            if branch.phrases:
                standing = [it for it in branch.phrases if True not in it.exact or stands_at(it, words, position)]
                if standing:
                    found, free = standing, place
            branch = branch.following.get(fold_word(words[place])) if branch.following and place < end else None
            place += 1
        for phrase in found:
            yield position, phrase


def stands_at(phrase: Phrase, words: Sequence[str], position: int) -> bool:
    """Whether the exact words of a phrase whose folded words were found are written alike; GANs is GAN."""
    return all(
        not exact or words[place] in {word, word + "s"}
        for place, (word, exact) in enumerate(zip(phrase.words, phrase.exact, strict=True), position)
    )
