r"""Where TeX math is in a text, and how it is shown: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{env}…\end{env}`.

A dollar may also be money. An opening `$` is math if it has a partner in the same paragraph, the partner is not
followed by a digit, and what lies between does not look like prose (`$5 and $6`, `US$5 or C$7`, `($A) and ($B)`).

Rules of our own, since pymdownx.arithmatex gets a quarter of the cases in tests/formats/test_math.py wrong: it takes
money for math (`$5-$10`) and misses math in lists, tables and the middle of paragraphs.
"""

from __future__ import annotations

import re

from digest.formats.patterns import lazily

LONGEST = 20_000  # characters of one formula: keeps the search for a partner linear

# A dollar in `\text{… $x$ …}` belongs to the formula around it.
_INLINE = lazily(r"\\(?:text[a-z]*|mbox|hbox|mathrm)\s*\{|\\.|[{}$`]", re.DOTALL)
_MARK = lazily(r"\\(?!\$)|[\^_={}<>]")
_TEX = lazily(r"\\(?!\$)|[\^_={}<>]|^\s*\w\s*$")
_TERM = lazily(r"\\(?!\$)|[\^_={}<>+()|,]|^\w{1,3}'*$")
_CITATION = lazily(r"[\s\d,;–-]*")
_ENVIRONMENT = lazily(r"\\begin\{([A-Za-z]+\*?)\}")
_BLOCK_OPEN = lazily(r" {0,3}(\$\$|\\\[|\\begin\{[A-Za-z]+\*?\})")


def formula_end(text: str, start: int) -> int:
    """The end of the formula that opens at `start`, -1 if none does."""
    if text.startswith("$$", start):
        return _closed(text, start, "$$")
    if text[start] == "$":
        return _dollar_end(text, start)
    if text.startswith("\\(", start):
        return _closed(text, start, "\\)")
    if text.startswith("\\[", start):
        end = _closed(text, start, "\\]")
        if end < 0:
            return -1
        # Markdown writers escape plain brackets as well: `\[12\]`, `\[see note\]`.
        alone = not text[text.rfind("\n", 0, start) + 1 : start].strip(" ")
        inner = text[start + 2 : end - 2]
        if _CITATION.fullmatch(inner) or not (alone or _MARK.search(inner)) or text.startswith("(", end):
            return -1
        return end
    if match := _ENVIRONMENT.match(text, start):
        return _closed(text, start, f"\\end{{{match[1]}}}")
    return -1


def is_display(source: str) -> bool:
    """Whether a formula stands on a line of its own when shown."""
    return source.startswith(("$$", "\\[", "\\begin"))


def block_closer(line: str) -> str:
    """What closes the display formula that the line opens, empty if it opens none."""
    match = _BLOCK_OPEN.match(line)
    if not match:
        return ""
    opener = match[1]
    if opener == "$$":
        return "$$"
    return "\\]" if opener == "\\[" else "\\end" + opener.removeprefix("\\begin")


def bare(source: str) -> str:
    """The TeX of a formula without its dollars or brackets; an environment is TeX itself."""
    if source.startswith("$$"):
        return source[2:-2]
    return source[1:-1] if source[0] == "$" else source if source.startswith("\\begin") else source[2:-2]


def _closed(text: str, start: int, closer: str) -> int:
    begin = start + (2 if len(closer) == 2 else text.index("}", start) + 1 - start)
    at = text.find(closer, begin, begin + LONGEST)
    while at > 0 and closer == "$$" and text[at - 1] == "\\" and text[at - 2] != "\\":
        at = text.find(closer, at + 1, begin + LONGEST)
    return at + len(closer) if at > begin and text[begin:at].strip() else -1


def _dollar_end(text: str, start: int) -> int:
    end = text.find("$", start + 1, start + LONGEST)
    if end < 0 or "\\" not in text[start:end]:  # as most formulas of a letter or two are
        return end + 1 if end > 0 and "`" not in text[start:end] and _is_formula(text, start, end) else -1
    depth = inner = 0  # of braces, counted from a \text{ on; dollars inside
    for match in _INLINE.finditer(text, start + 1, start + LONGEST):
        mark = match[0]
        if mark == "`":
            return -1
        if mark == "$":
            if depth and inner < 8 and text.find("$", match.end(), match.end() + 1_000) > 0:
                inner += 1
                continue
            return match.end() if _is_formula(text, start, match.start()) else -1
        if mark == "{":
            depth += depth > 0
        elif mark == "}":
            depth -= depth > 0
        elif mark[-1] == "{" and mark != "\\{":
            depth += 1
    return -1


def _is_formula(text: str, start: int, end: int) -> bool:
    inner, before, after = text[start + 1 : end], text[start - 1 : start], text[end + 1 : end + 2]
    # A dollar before a digit is money, unless it closes what a command of TeX opens: `$\\approx$7`.
    if not inner.strip() or (after.isdigit() and inner[0] != "\\") or inner[-1] == "(":
        return False
    if inner[0].isdigit() and inner.count("(") > inner.count(")"):  # $10 (US$)
        return False
    if inner[0].isspace() or inner[-1].isspace():
        return bool(_TEX.search(inner))
    if before.isalnum() or after.isalpha():
        return bool(_TERM.search(inner))
    return True
