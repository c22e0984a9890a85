"""Where running text is cut into paragraphs: at images, displayed formulas, captions and bold openings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digest.formats.flat_prose import ends_sentence, is_heading_name, starts_sentence
from digest.formats.flat_spans import FlatSpan, Masked
from digest.formats.patterns import lazily

IMAGE_ADDRESS: Final = lazily(
    r"https?://(?:i\.imgur\.com/\S+|\S+\.(?:png|jpe?g|gif|svg|webp)(?:[?#]\S*)?)\Z", re.IGNORECASE
)
# "**Commentary / future work:**", "**Problem.**" or "**Method**" that begins a paragraph.
_RUN_IN = lazily(r"(?:\*\*(?P<stars>[^*\s][^*]{1,80}?)\*\*|__(?P<bars>[^_\s][^_]{1,80}?)__)(?P<colon>:?)(?=\s|\Z)")
CAPTION: Final = lazily(r"(?:\*(?!\*)[^*\s][^*]{5,600}\*|_(?!_)[^_\s][^_]{5,600}_)(?=\s|$)")
GLOSSARY: Final = lazily(r"(?<=[.!?)\w] )[A-Z][\w-]*(?: [\w-]+){0,4} : (?=\S)")


def run_ins(masked: Masked) -> Iterator[int]:
    """Where bold openings stand: after the end of a sentence or at the very beginning."""
    for found in _RUN_IN.finditer(masked.soft):
        phrase = found["stars"] or found["bars"]
        if (found["colon"] or phrase.endswith((":", ".", "?", "!")) or is_heading_name(phrase)) and _pauses(
            masked.soft[max(0, found.start() - 60) : found.start()]
        ):
            yield found.start()


def _pauses(before: str) -> bool:
    return not before.strip() or ends_sentence(before)


def is_image(masked: Masked, span: FlatSpan) -> bool:
    """Whether a span is an image, in Markdown or HTML, or the bare address of one."""
    if span.kind == "tag":
        return masked.text.startswith(("<img ", "<IMG "), span.start)
    return span.kind == "image" or (
        span.kind == "url" and IMAGE_ADDRESS.match(masked.text[span.start : span.end]) is not None
    )


def stands_alone(masked: Masked, span: FlatSpan) -> bool:
    """Whether a span is no part of the sentence around it."""
    before = masked.soft[max(0, span.start - 60) : span.start].rstrip()
    following = masked.soft[span.end : span.end + 40].lstrip()
    if following[:1] and not following[0].isspace() and masked.soft[span.end : span.end + 1].strip():
        return False  # glued to what follows: "(url)", "url,"
    if span.start and not masked.soft[span.start - 1].isspace():
        return False
    sentence_before = not before or ends_sentence(before) or before.endswith((":", ")"))
    return sentence_before or not following or starts_sentence(following)


def show_images(masked: Masked) -> str:
    """The text with the bare addresses of images that stand alone made images."""
    pieces: list[str] = []
    done = 0
    for span in masked.spans:
        if span.kind == "url" and is_image(masked, span) and stands_alone(masked, span):
            pieces += [masked.text[done : span.start], "![](", masked.text[span.start : span.end], ")"]
            done = span.end
    return "".join([*pieces, masked.text[done:]])


def cut_paragraphs(masked: Masked) -> list[tuple[int, int]]:
    """The paragraphs of a stretch of prose, as start and end."""
    cuts = {0, len(masked.text)}
    for span in masked.spans:
        if span.kind == "table" or (
            (span.kind in {"display", "fence"} or is_image(masked, span)) and stands_alone(masked, span)
        ):
            cuts |= {span.start, span.end}
            if is_image(masked, span):
                cuts |= _caption(masked, span.end)
    cuts |= set(run_ins(masked))
    terms = list(GLOSSARY.finditer(masked.soft))
    if len(terms) >= 2:
        cuts |= {found.start() for found in terms}
    places = sorted(cuts)
    return list(itertools.pairwise(places))


def _caption(masked: Masked, end: int) -> set[int]:
    """The end of an emphasised caption after an image."""
    start = end
    while start < len(masked.text) and masked.text[start].isspace():
        start += 1
    caption = CAPTION.match(masked.soft, start)
    return {caption.end()} if caption else set()
