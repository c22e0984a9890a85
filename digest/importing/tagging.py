"""Tags for entries that come without: phrases of a vocabulary found in the text, most telling first."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from digest.formats import frontmatter
from digest.model import Problem, Span

FEWEST, MOST = 3, 6
TITLE_WEIGHT = 3.0  # a phrase of the title tells more than one of the text
OPENING_WORDS = 60  # so does one of the opening, where a text says what it is about
OPENING_WEIGHT = 1.6
TELLING = 0.35  # beyond the first three, a tag must tell this much of what the best one tells

WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Code, math and addresses are no prose: `GAN` in a URL is not the subject.
UNSPOKEN = re.compile(r"`+[^`]*`+|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)\s]*\)|https?://\S+|www\.\S+", re.DOTALL)
TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that call for a tag. `exact` words must be written alike, case and all."""

    words: Words
    exact: tuple[bool, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tags with their phrases, and the wider tag of each that has one."""

    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    broader: Mapping[str, str] = field(default_factory=dict)

    def extend(self, other: Vocabulary) -> Vocabulary:
        """This vocabulary with another's tags; where both have a tag, the other's phrases take its place."""
        return Vocabulary({**self.phrases, **other.phrases}, {**self.broader, **other.broader})


def parse_vocabulary(text: str, path: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """A vocabulary file: YAML, `tag: [phrase, …]` or `tag: {broader: tag, phrases: [phrase, …]}`; DG203."""
    mapping, found = frontmatter.parse_mapping(text, path, "DG203")
    problems = list(found)
    phrases: dict[str, tuple[Phrase, ...]] = {}
    broader: dict[str, str] = {}

    def wrong(message: str, span: Span, hint: str) -> None:
        problems.append(Problem("error", "DG203", message, span, hint))

    for key, node in mapping.pairs:
        tag, listed = key.text, node
        if not TAG.fullmatch(tag):
            wrong(f"`{tag}` is not a tag", key.span, "write it in kebab-case, e.g. reinforcement-learning")
            continue
        if isinstance(node, frontmatter.MapNode):
            wider = node.get("broader")
            if isinstance(wider, frontmatter.ScalarNode) and not wider.empty:
                broader[tag] = wider.text
            listed = node.get("phrases") or frontmatter.ListNode((), node.span)
        if not isinstance(listed, frontmatter.ListNode):
            wrong(f"the phrases of `{tag}` are not a list", listed.span, "write them in brackets: [one, another one]")
            continue
        # A single word is often common too (`control`, `attention`): it calls for its tag only where it is listed.
        own = [tag.replace("-", " ")] if "-" in tag else []
        for item in listed.items:
            if isinstance(item, frontmatter.ScalarNode) and WORD.search(item.text):
                own.append(item.text)
            else:
                wrong(f"a phrase of `{tag}` is not text", item.span, "write words, in quotes if need be")
        made = (make_phrase(phrase, tag) for phrase in own)
        phrases[tag] = tuple({(phrase.words, phrase.exact): phrase for phrase in made}.values())
    return Vocabulary(phrases, broader), tuple(problems)


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary that digest ships."""
    text = resources.files("digest.importing").joinpath("vocabulary.yml").read_text(encoding="utf-8")
    vocabulary, problems = parse_vocabulary(text, "vocabulary.yml")
    if problems:
        raise ValueError(f"the bundled vocabulary is broken: {problems[0].message}")
    return vocabulary


def make_phrase(text: str, tag: str) -> Phrase:
    """A phrase as it is looked for: a word with a capital is exact, another is folded and singular."""
    words = WORD.findall(unicodedata.normalize("NFC", text))
    exact = tuple(word != word.lower() for word in words)
    folded = tuple(word if alike else singular(word) for word, alike in zip(words, exact, strict=True))
    return Phrase(folded, exact, tag)


def singular(word: str) -> str:
    """A word without its plural mark, roughly: both sides of a comparison go through here."""
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def suggest_tags(title: str, text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Three to six tags whose phrases stand in the title or text, most telling first; fewer where too few do.

    A tag tells more the oftener, the earlier and in the more words it is named. Where fewer than three are named, the
    wider tags that they imply are added; nothing is made up for a text that names none.
    """
    scores: dict[str, float] = {}
    for tag, hits in count_hits(title, text, vocabulary).items():
        scores[tag] = math.log1p(hits) * (0.55 if tag in widest(vocabulary) else 1.0)
    ranked = sorted(scores, key=lambda tag: (-scores[tag], tag))
    chosen = [
        tag for rank, tag in enumerate(ranked[:MOST]) if rank < FEWEST or scores[tag] >= TELLING * scores[ranked[0]]
    ]
    for tag in tuple(chosen):
        wider = vocabulary.broader.get(tag)
        while wider and len(chosen) < FEWEST:
            if wider not in chosen:
                chosen.append(wider)
            wider = vocabulary.broader.get(wider)
    return tuple(chosen)


def count_hits(title: str, text: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Tag → weighted number of its phrases in title and text; a longer phrase hides the shorter ones inside it."""
    index = phrase_index(vocabulary)
    hits: dict[str, float] = {}
    for words, weight in ((spoken_words(title), TITLE_WEIGHT), (spoken_words(text), 1.0)):
        for position, phrase in find_phrases(words, index):
            opening = OPENING_WEIGHT if weight == 1.0 and position < OPENING_WORDS else 1.0
            hits[phrase.tag] = hits.get(phrase.tag, 0.0) + weight * opening * len(phrase.words) ** 0.7
    return hits


def spoken_words(text: str) -> list[str]:
    """The words of a text's prose, as they are written."""
    return WORD.findall(UNSPOKEN.sub(" ", unicodedata.normalize("NFC", text)))


def find_phrases(words: list[str], index: Mapping[str, tuple[Phrase, ...]]) -> Iterator[tuple[int, Phrase]]:
    """The longest phrases at each place; one place may call for several tags with phrases of one length."""
    folded = [singular(word) for word in words]
    position = 0
    while position < len(words):
        length = 0
        for phrase in index.get(folded[position], ()):
            if length and len(phrase.words) < length:
                break
            if stands_at(phrase, words, folded, position):
                length = len(phrase.words)
                yield position, phrase
        position += length or 1


def stands_at(phrase: Phrase, words: list[str], folded: list[str], position: int) -> bool:
    """Whether a phrase begins at a word. A plural is the same phrase: GANs is GAN."""
    if position + len(phrase.words) > len(words):
        return False
    for offset, (word, exact) in enumerate(zip(phrase.words, phrase.exact, strict=True)):
        place = position + offset
        if exact:
            if words[place] not in {word, word + "s"}:
                return False
        elif folded[place] != word:
            return False
    return True


_INDEXES: dict[int, tuple[Vocabulary, dict[str, tuple[Phrase, ...]]]] = {}


def phrase_index(vocabulary: Vocabulary) -> dict[str, tuple[Phrase, ...]]:
    """Folded first word → the phrases that begin with it, longest first; made once for each vocabulary."""
    known = _INDEXES.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        index: dict[str, list[Phrase]] = {}
        for phrases in vocabulary.phrases.values():
            for phrase in phrases:
                index.setdefault(singular(phrase.words[0]), []).append(phrase)
        ordered = {
            first: tuple(sorted(found, key=lambda phrase: (-len(phrase.words), phrase.words, phrase.tag)))
            for first, found in index.items()
        }
        known = (vocabulary, ordered)
        _INDEXES.clear()
        _INDEXES[id(vocabulary)] = known
    return known[1]


def widest(vocabulary: Vocabulary) -> frozenset[str]:
    """Tags that others imply: they tell less of a text than what they are wider than."""
    return frozenset(vocabulary.broader.values())
