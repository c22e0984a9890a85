"""Where a heading ends and its first paragraph begins; where the last item of a list ends."""

from __future__ import annotations

import itertools
import re
from typing import Final

from digest.formats.flat_paragraphs import CAPTION, GLOSSARY, is_image, run_ins, stands_alone
from digest.formats.flat_prose import (
    FUNCTION_WORDS,
    OPENERS,
    VERBS,
    WEAK_OPENERS,
    bare,
    ends_sentence,
    is_heading_name,
    opens_sentence,
    sentence_starts,
    starts_sentence,
    words_of,
)
from digest.formats.flat_signs import MarkKind
from digest.formats.flat_spans import Masked
from digest.formats.patterns import lazily

LONGEST_HEADING: Final = 16  # words
# What opens a paragraph of its own, whatever stands before it.
_LEAD: Final = lazily(r"(?<=\S\s)TL;?\s?DR\s?[;:]", re.IGNORECASE)
# "## Summary ##": the signs that still stand there are no marks.
_CLOSING: Final = lazily(r"(?:[^#\s]\S*\s+){1,14}?#{2,6}(?=\s|\Z)")


def heading_end(masked: Masked, following: MarkKind | None) -> int:
    """Where the heading ends in the text between its mark and the next one, a mark of kind `following`."""
    if closing := _CLOSING.match(masked.soft):
        return closing.end()
    block = _first_block(masked)
    words = words_of(masked.soft[:block])
    if len(words) <= 1:
        return block
    name = words[0][1]
    if not name.isascii() and name.lower() == name.upper() and is_heading_name(name):
        return words[1][0]  # a script without capitals
    blocks_after = following is not None or block < len(masked.text)
    best, best_weight = len(words), _whole_weight(masked.soft[:block], words, blocks_after=blocks_after)
    for cut in range(1, min(len(words), LONGEST_HEADING + 1)):
        weight = _cut_weight(words, cut)
        if weight > best_weight:
            best, best_weight = cut, weight
    return block if best == len(words) else words[best][0]


def _first_block(masked: Masked) -> int:
    """Where the first image, displayed formula, fence, table or `TLDR;` begins; no heading reaches over it."""
    lead = _LEAD.search(masked.soft)
    ends = [lead.start() if lead else len(masked.text)]
    ends += [
        span.start
        for span in masked.spans
        if span.start and (span.kind in {"display", "fence", "table"} or is_image(masked, span))
    ]
    return min(ends)


def _whole_weight(text: str, words: list[tuple[int, str]], *, blocks_after: bool) -> float:
    """How much speaks for all of the words being the heading."""
    weight = 2.0 if blocks_after else 1.0
    weight -= max(0, len(words) - 6) * 0.5
    if text.rstrip().endswith("."):
        weight -= 3
    if is_heading_name(text):
        weight += 3
    return weight - 2 * len(sentence_starts(text))


def _cut_weight(words: list[tuple[int, str]], cut: int) -> float:
    """How much speaks for the heading ending before the word at `cut`."""
    last, word = words[cut - 1][1], words[cut][1]
    heading = [text for _, text in words[:cut]]
    rest = [text for _, text in words[cut:]]
    named = is_heading_name(" ".join(heading)) and not any(
        is_heading_name(" ".join([*heading, *rest[:more]])) for more in (1, 2)
    )
    if not (starts_sentence(word) or (named and cut == 1)):
        return -9
    if last.endswith((",", "(")) or (bare(last) in FUNCTION_WORDS and not last.endswith(("?", ":"))):
        return -9
    weight = _word_weight(rest)
    if opens_sentence(word):
        weight += 1 if bare(word) in WEAK_OPENERS else 2.5
    if named:
        weight += (3 if not word[0].isdigit() else 0) + 0.3 * cut
    if last.endswith(("?", "!")):
        weight += 3
    elif last.endswith(":"):
        weight += 1.5 if named or (len(rest) > 15 and _goes_on_small(rest)) else 0
    elif last.endswith("."):
        weight -= 4
    weight += 1 if _has_verb(rest[:12]) else -1
    if _has_verb(heading[1:]) and not named and not last.endswith("?"):
        weight -= 1.5
    if any(text[:1] in "`$" for text in heading[1:]):
        weight -= 1
    if (
        len(rest) < 8
        and not (named and last.endswith(":"))
        and rest[-1][-1] not in ".!?"
        and rest[0] != "TODO"
        and rest[0][0] not in "`["
    ):
        weight -= 6
    return weight + _casing(heading, rest) - max(0, cut - 5) * 0.4


def _word_weight(rest: list[str]) -> float:
    """How much words look like the beginning of a sentence."""
    word, following = rest[0], rest[1] if len(rest) > 1 else ""
    if not starts_sentence(word):
        return -2.5
    if word[0].isupper():
        # Titles Go On in Capitals, a Sentence goes on in small letters.
        return 0.8 if _goes_on_small(rest) else -0.7 if following[:1].isupper() else 0
    return 0.0 if word[0] in '"“*`[$' else -1.0


def _goes_on_small(words: list[str]) -> bool:
    """Whether the second word is a small one that no title has in small letters."""
    second = words[1] if len(words) > 1 else ""
    return second[:1].islower() and (bare(second) in VERBS or bare(second) not in FUNCTION_WORDS)


def _has_verb(words: list[str]) -> bool:
    return any(bare(word) in VERBS for word in words)


def _casing(heading: list[str], following: list[str]) -> float:
    """A heading in small letters ends where a capital comes; one in capitals goes on with them."""
    word = following[0]
    rest = [text for text in heading[1:] if bare(text) not in FUNCTION_WORDS and text[:1].isalpha()]
    if not word[:1].isupper():
        return 0
    if not rest:
        return 0.3
    if all(text[:1].islower() for text in rest):
        return 1 if len(word) < 2 or not word[1:2].isupper() else 0.5
    titled = all(text[:1].isupper() for text in rest)
    return -1 if titled and not opens_sentence(word) and not _goes_on_small(following) else 0


# ------------------------------------------------------------------------------------------------------------ items

# How the prose after a list begins. The weak ones count only where items have no full stops.
_STRONG_TURN: Final = re.compile(
    r"(?:Finally|Overall|In (?:conclusion|summary|short|general|addition)|The (?:first thing|authors?|paper|"
    r"experiments?|overall|main|rest|final)|This (?:paper|work)|I (?:think|like|really|would|liked|found)|They also|"
    r"Authors|Personally|My )\b"
)
_TURN: Final = re.compile(
    rf"(?:{_STRONG_TURN.pattern}|In (?:this|the|contrast|other|practice|order|my|particular)\b|The (?:first|second|"
    r"third|results?|model|method|proposed|key|idea|last|approach|work|basic|code|most)\b|This (?:is|approach|method|"
    r"model|allows|means|was)\b|(?:Lastly|Moreover|Furthermore|Additionally|Then|Also|Note|Similarly|Interestingly|However|"
    r"Next|Thus|Hence|Therefore|Together|Experiments|Results)\b|They (?:then|show|use|find|evaluate|report|compare)\b|"
    r"I (?:find|wonder|am|believe|also)\b|We (?:also|can|see|then)\b|It (?:is|was|would|seems)\b|There (?:are|is|were)"
    r"\b|To \w+\b|For (?:the|more|example)\b|(?:As|When|While|Since|Although|Given|Using|Here|One|Another|After|"
    r"Before|Once|With|By|On)\b)"
)


def item_end(masked: Masked, siblings: list[str], *, goes_on: bool, led: bool) -> int:
    """Where an item ends in the text up to the next mark; `goes_on` if that mark is an item's too.

    `siblings` are the items before it, nearest first; `led` is a list that a paragraph leads to. Without line breaks
    only the shape of the list tells: items of one sentence each, items without full stops, a sentence that turns to
    something else.
    """
    end = len(masked.text)
    cuts = [_block_cut(masked, goes_on=goes_on), _glossary_cut(masked), _run_in_cut(masked, siblings)]
    if goes_on:
        cuts += [_lead_cut(masked), _colon_cut(masked, siblings)]
    if not goes_on and siblings:
        cuts.append(_prose_cut(masked, siblings, led=led))
    return min((cut for cut in cuts if cut), default=end)


def _block_cut(masked: Masked, *, goes_on: bool) -> int:
    """A table, or an image after the last item, stands on its own; an image amid a list belongs to its item."""
    for span in masked.spans:
        if span.kind == "table" and span.start:
            return span.start
        if not (masked.text[: span.start].strip() and is_image(masked, span) and stands_alone(masked, span)):
            continue
        if masked.soft[: span.start].rstrip().endswith(":"):
            continue  # what the item is about to show
        rest = masked.soft[span.end :].lstrip()
        if (
            not goes_on
            or next(run_ins(masked.slice(span.end, len(masked.text))), -1) >= 0
            or CAPTION.match(rest)
            or len(sentence_starts(rest)) >= 2
        ):
            return span.start
    return 0


def _glossary_cut(masked: Masked) -> int:
    """Lines "term : meaning" after the item."""
    terms = [found.start() for found in GLOSSARY.finditer(masked.soft)]
    return terms[0] if len(terms) >= 2 and ends_sentence(masked.soft[: terms[0]]) else 0


def _run_in_cut(masked: Masked, siblings: list[str]) -> int:
    """A bold opening after the end of a sentence, where the items themselves do not begin with one."""
    if any(text.startswith(("**", "__")) for text in [masked.text, *siblings]):
        return 0
    return next((place for place in run_ins(masked) if masked.text[:place].strip()), 0)


def _lead_cut(masked: Masked) -> int:
    """The name that leads to the next list: "cheap and strong Cons:"."""
    words = words_of(masked.soft)
    for count in (3, 2, 1):
        if len(words) <= count:
            continue
        last, place = words[-count - 1][1], words[-count][0]
        phrase = masked.soft[place:].strip()
        begins = ends_sentence(last) or (last[0].islower() and bare(last) not in FUNCTION_WORDS)
        if begins and phrase[0].isupper() and phrase.endswith(":") and is_heading_name(phrase):
            return place
    return 0


def _colon_cut(masked: Masked, siblings: list[str]) -> int:
    """The sentence that leads to the next list, after items of another shape."""
    if not siblings or not masked.soft.rstrip().endswith(":"):
        return 0
    stopped = sum(stop for _, stop in map(_shape, siblings)) / len(siblings)
    if stopped <= 0.25:
        return _capital_cut(masked, sure=False) if len(siblings) > 1 else _cut_without_stop(masked, _STRONG_TURN)
    starts = sentence_starts(masked.soft)
    return starts[-1] if starts and stopped > 0.5 and _STRONG_TURN.match(masked.soft, starts[-1]) else 0


def _prose_cut(masked: Masked, siblings: list[str], *, led: bool) -> int:
    """Prose after the last item."""
    shapes = [_shape(text) for text in siblings]
    longest = max(sentences for sentences, _ in shapes)
    stopped = sum(stop for _, stop in shapes) / len(shapes)
    if stopped <= 0.25 and (cut := _capital_cut(masked, sure=ends_sentence(masked.soft))):
        return cut
    if cut := _cut_without_stop(masked, _TURN if stopped <= 0.5 else _STRONG_TURN):
        return cut
    starts = sentence_starts(masked.soft)
    for number, place in enumerate(starts, start=1):
        if number >= longest and _STRONG_TURN.match(masked.soft[place:]):
            return place
    if led and len(starts) > longest and stopped >= 0.5:
        return starts[longest - 1]  # two sentences and more beyond the longest of the others
    return 0


def _capital_cut(masked: Masked, *, sure: bool) -> int:
    """Where prose begins after items without full stops: at a capital that no stop explains.

    `sure` is that prose follows, for the text ends with a full stop; else only an opening word counts.
    """
    first = next(iter(sentence_starts(masked.soft)), len(masked.soft))
    words = [(place, word) for place, word in words_of(masked.soft) if place < first]
    for number in range(1, len(words) - 3):
        last, (place, word) = words[number - 1][1], words[number]
        if not word[0].isupper() or last[-1] in ",:;(-–—&/" or bare(last) in FUNCTION_WORDS:
            continue
        rest = [text for _, text in words[number : number + 10]]
        opens = bare(word) in OPENERS - WEAK_OPENERS
        if opens or (sure and number > 2 and word[1:2].islower() and _goes_on_small(rest) and _has_verb(rest[1:])):
            return place
    return 0


def _shape(text: str) -> tuple[int, bool]:
    """How many sentences an item has, and whether it ends with a full stop."""
    return len(sentence_starts(text)) + 1, ends_sentence(text)


def _cut_without_stop(masked: Masked, turn: re.Pattern[str]) -> int:
    """Where a sentence begins in an item though none has ended."""
    words = words_of(masked.soft)
    for (_, last), (place, word) in itertools.pairwise(words[2:]):
        if (
            turn.match(masked.soft, place)
            and bare(word) in OPENERS
            and not last.endswith((".", ",", ":", ";", "!", "?", "(", "-", "–", "—", "&", "/"))
            and bare(last) not in FUNCTION_WORDS
        ):
            return place
    return 0


def quote_end(masked: Masked) -> int:
    """Where a quote ends: after its closing quotation mark, else nowhere before the next mark."""
    text = masked.text
    closer = {'"': '"', "“": "”"}.get(text[:1])
    if closer:
        end = text.find(closer, 1)
        if end > 0 and starts_sentence(text[end + 1 :].lstrip(" .")):
            return end + 1
    return len(text)
