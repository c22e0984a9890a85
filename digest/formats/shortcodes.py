"""Liquid, Hugo's shortcodes and kramdown's marks in the body of a post: what is sure becomes Markdown, the rest stays.

A site built with digest runs none of them. Source: the Jekyll documentation, "Liquid"; the Hugo documentation,
"Shortcodes"; the kramdown syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats.patterns import lazily

_FENCE: Final = lazily(
    r"^ {0,3}(?P<mark>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
# Of each pair: the whole, and what closes it.
_LIQUID_HIGHLIGHT: Final = (
    re.compile(
        r"^(?P<indent>[ \t]*)\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)[^%}\n]*-?%\}[ \t]*\n?"
        r"(?P<code>.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
        re.MULTILINE | re.DOTALL,
    ),
    re.compile(r"\{%-?\s*endhighlight\s*-?%\}"),
)
_HUGO_HIGHLIGHT: Final = (
    re.compile(
        r"^(?P<indent>[ \t]*)\{\{[<%]\s*highlight\s+\"?(?P<language>[\w+#.-]+)\"?[^\n]*?[>%]\}\}[ \t]*\n?"
        r"(?P<code>.*?)\n?[ \t]*\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
        re.MULTILINE | re.DOTALL,
    ),
    re.compile(r"\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"),
)
_RAW: Final = (
    re.compile(r"\{%-?\s*raw\s*-?%\}(?P<kept>.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL),
    re.compile(r"\{%-?\s*endraw\s*-?%\}"),
)
_SCRIPTS: Final = tuple(
    (
        re.compile(rf"^[ \t]*<{tag}\b[^<>]*>.*?</{tag}>[ \t]*", re.MULTILINE | re.DOTALL | re.IGNORECASE),
        re.compile(rf"</{tag}>", re.IGNORECASE),
    )
    for tag in ("script", "style")
)
_ROOT: Final = lazily(r"\{\{-?\s*site\.(?:baseurl|url|github\.url)\s*-?\}\}(?:\{\{-?\s*site\.baseurl\s*-?\}\})?(?=/)")
_FILTERED: Final = lazily(
    r"\{\{-?\s*(?P<quote>[\"'])(?P<path>[^\"'{}\n]+)(?P=quote)\s*"
    r"(?:\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))\s*)+-?\}\}"
)
_FIGURE: Final = lazily(r"\{\{[<%]\s*figure\s+(?P<settings>(?:[^\"{}]|\"[^\"]{0,2000}\"){0,4000}?)/?\s*[>%]\}\}")
_SETTING: Final = lazily(r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))")
_MATH: Final = re.compile(r"\{\{[<%]\s*/?\s*(?:math|katex|mathjax)(?:\s+inline)?\s*/?[>%]\}\}")
_CONTENTS: Final = re.compile(
    r"^[ \t]*(?:[*+-]|1\.)[ \t]+[^\n]{0,60}\n[ \t]*\{:\s*toc[^{}\n]*\}[ \t]*$|^\{:toc\}$", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A body in Markdown, and what was taken out of it: (line within the body as it was, text)."""

    body: str
    dropped: tuple[tuple[int, str], ...] = ()


def convert_shortcodes(body: str) -> Converted:
    """Fences for `highlight`, images for `figure`, addresses without the root of a site; scripts and `{:toc}` go.

    Nothing within a fence is touched but the marks of `raw`, which Liquid reads there too.
    """
    if "{" not in body and "<" not in body:
        return Converted(body)
    out: list[str] = []
    dropped: list[tuple[int, str]] = []
    for start, end, fenced in _stretches(body):
        line = body.count("\n", 0, start)
        text = _without_pairs(body[start:end], _RAW, dropped, line)
        out.append(text if fenced else _convert(text, dropped, line))
    return Converted("".join(out), tuple(dropped))


def _stretches(body: str) -> Iterator[tuple[int, int, bool]]:
    """The text between fences, and the fences."""
    place = 0
    for fence in _FENCE.finditer(body):
        if fence.start() > place:
            yield place, fence.start(), False
        yield fence.start(), fence.end(), True
        place = fence.end()
    if place < len(body):
        yield place, len(body), False


def _convert(text: str, dropped: list[tuple[int, str]], line: int) -> str:
    if "<" in text:
        for pair in _SCRIPTS:
            text = _without_pairs(text, pair, dropped, line)
    if "{" not in text:
        return text
    text = _without(text, _CONTENTS, dropped, line)
    for pattern, closer in (_LIQUID_HIGHLIGHT, _HUGO_HIGHLIGHT):
        end = _last_end(text, closer)
        text = pattern.sub(_fenced, text[:end]) + text[end:]
    text = _ROOT.sub("", text)
    text = _FILTERED.sub(lambda found: found["path"], text)
    text = _FIGURE.sub(_image, text)
    return _without(text, _MATH, dropped, line)


def _without(text: str, pattern: re.Pattern[str], dropped: list[tuple[int, str]], line: int) -> str:
    """The text without what the pattern finds but for its group `kept`."""

    def drop(found: re.Match[str]) -> str:
        kept = found.groupdict().get("kept") or ""
        piece = found[0].replace(kept, " ") if kept else found[0]
        dropped.append((line + text.count("\n", 0, found.start()), piece))
        return kept

    return pattern.sub(drop, text)


def _without_pairs(
    text: str, pair: tuple[re.Pattern[str], re.Pattern[str]], dropped: list[tuple[int, str]], line: int
) -> str:
    """Without the pairs of marks; openers behind the last closer are not looked at, each would be to the very end."""
    end = _last_end(text, pair[1])
    return _without(text[:end], pair[0], dropped, line) + text[end:]


def _last_end(text: str, closer: re.Pattern[str]) -> int:
    end = 0
    for found in closer.finditer(text):
        end = found.end()
    return end


def _fenced(found: re.Match[str]) -> str:
    """A block of code between more backticks than it holds itself."""
    longest = max((len(run) for run in re.findall(r"`{3,}", found["code"])), default=2)
    mark, indent = "`" * (longest + 1), found["indent"]
    return f"{indent}{mark}{found['language']}\n{found['code'].rstrip()}\n{indent}{mark}"


def _image(found: re.Match[str]) -> str:
    """The image that a figure shows, its caption below it."""
    settings = {
        setting["name"].casefold(): setting["quoted"] or setting["bare"] or ""
        for setting in _SETTING.finditer(found["settings"])
    }
    address = settings.get("src", "").strip()
    if not address:
        return found[0]
    title, caption = settings.get("title", ""), settings.get("caption", "")
    alt = settings.get("alt") or caption or title
    shown = alt.replace("[", "(").replace("]", ")")
    address = f"<{address}>" if re.search(r"[\s()]", address) else address
    quoted = f' "{title}"' if title and title != alt else ""
    image = f"![{shown}]({address}{quoted})"
    if settings.get("link"):
        image = f"[{image}]({settings['link']})"
    below = [text for text in (caption, settings.get("attr", "")) if text and text != alt]
    return "\n\n".join([image, *below])
