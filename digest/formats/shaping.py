"""Markdown as people write it, shaped into what Python-Markdown reads; text to text.

Python-Markdown nests lists at four spaces only, wants blank lines around them and knows no fence inside them. So
lists are indented anew, with blank lines where it needs them and none where they would make a tight list loose; code,
display math and raw HTML become placeholders on the way, and what is text but looks like a block is escaped.

Two spaces more than its marker put a line into a list item, whatever the width of the marker. A number of a list has
three digits at most: "1984. A novel" is a sentence. What lies deeper than `DEEPEST` is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.formats import highlighting, math
from digest.formats.patterns import lazily
from digest.formats.spans import set_aside, set_aside_html
from digest.formats.stash import Stash, escaped

DEEPEST = 16
WIDEST = 64  # columns of a table

_BLOCK_TAGS = (
    "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|frame|h[1-6]|header|hr|iframe|legend|li|link|main|menu|nav|ol|"
    "optgroup|option|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_ITEM = lazily(r"( *)([*+-]|\d{1,3}[.)])(?: +|$)")
_TASK = lazily(r"\[([ xX])\] +(?=\S)")
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,}) *(.*)")
_HEADING = re.compile(r" {0,3}(#{1,6}) +([^ ].*)")
_UNDERLINE = lazily(r" {0,3}(==+|--+) *$")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_QUOTE = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r" {0,3}(\[\^[^\]\s]{1,100}\]:) *")
_REFERENCE = lazily(
    r" {0,3}\[(?!\^)[^\[\]]{1,200}\]: *(?:<[^<>]*>|(?=[A-Za-z]+:|[/#.]|[^\s<]+[/.]\w)[^\s<]\S*)"
    r"(?: +(\"[^\"]*\"|'[^']*'|\([^()]*\)))? *$"
)
_HTML = re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?:[\s/>]|$)", re.IGNORECASE)
_HTML_UNTIL = re.compile(r" {0,3}<(?:(!--)|(script|style|pre|textarea)(?=[\s>]|$))", re.IGNORECASE)
_DELIMITERS = lazily(r":?-+:?")
_BREAKS = lazily(r" {0,3}(?:[`~]{3}|#{1,6} |>|<|\[\^|[*_-] ?[*_-])| *(?:[*+-]|\d{1,3}[.)]) ")
_LOOKS_LIKE_A_BLOCK = lazily(
    r"^( *\d*)([#>*+.|:=[-])(?:(?<=[#>])|(?<!\[)(?= )|(?=[|: -]*\|[|: -]*$)|(?=[=-]* *$)|(?<=\[)(?=[^\[\]]*\]:))",
    re.MULTILINE,
)


@dataclass(eq=False, slots=True)
class _Item:
    """An open list item or note: where its marker and its content begin, and what kind of list it is in."""

    indent: int
    content: int
    marker: str
    on_line: bool  # whether it began on the line of another item, so that its children need no level of their own


def shape(text: str, stash: Stash) -> str:
    r"""Shape a text whose lines end in `\n` and hold no tabs."""
    return "\n".join(_Shaper(text.split("\n"), stash, 0, notes=True).run())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _interrupts(line: str) -> bool:
    """Whether a line ends the paragraph above it."""
    if not _BREAKS.match(line):
        return False
    if item := _ITEM.match(line):
        return bool(line[item.end() :]) and item[2] in {"-", "*", "+", "1.", "1)"}
    patterns = (_FENCE, _HEADING, _RULE, _QUOTE, _NOTE, _HTML, _HTML_UNTIL)
    return any(pattern.match(line) for pattern in patterns)


class _Shaper:
    """Shapes the lines of a text or a quote."""

    def __init__(self, lines: list[str], stash: Stash, depth: int, *, notes: bool) -> None:
        self.lines, self.stash, self.depth, self.notes = lines, stash, depth, notes
        self.out: list[str] = []
        self.open: list[_Item] = []
        self.pending = ""  # markers whose item has no line yet
        self.head: _Item | None = None  # the item whose first lines these are: no blank line since its marker
        self.level = 0  # of indentation at which the lines since the last blank one begin
        self.missing: dict[str, int] = {}  # closers that no line before that one has: looked for once

    def run(self) -> list[str]:
        """The shaped lines."""
        at = 0
        while at < len(self.lines):
            if self.lines[at].strip():
                at = self._block(at)
            else:
                if self.pending:
                    self._emit([""], block=False)
                self._part()
                at += 1
        if self.out and not self.out[-1]:
            self.out.pop()
        return self.out

    # --- containers ---------------------------------------------------------------------------------------------------

    def _content(self) -> int:
        return self.open[-1].content if self.open else 0

    def _inside(self, line: str) -> bool:
        """Whether a line is indented enough for the innermost item."""
        if not self.open:
            return True
        indent = _indent(line)
        over = indent - self.open[-1].indent
        return over >= 2 or (over == 1 and indent >= 4 and not _ITEM.match(line))

    def _bare(self, line: str) -> str:
        """A line without the indentation of the innermost item."""
        return line[min(_indent(line), self._content()) :]

    def _levels(self) -> int:
        return sum(not item.on_line for item in self.open)

    def _in_head(self) -> bool:
        return bool(self.open) and self.head is self.open[-1]

    def _emit(self, lines: list[str], *, block: bool) -> None:
        """Write lines into the innermost item; a block has blank lines around it, but among the first lines of one."""
        if self.pending:
            first, *rest = lines or [""]  # a quote of nothing has none
            nothing = "" if first.strip() else self.stash.keep("r", "", "")  # a note must not be empty
            self.out += [self.pending + nothing + first, *rest]
            self.pending, self.head = "", self.open[-1]
            return
        if self._in_head():
            self.out += lines
            return
        if block:
            self._part()
        if self._parted():
            self.level = self._levels()
        margin = "    " * self._levels()
        self.out += [margin + line for line in lines]
        if block:
            self.out.append("")

    def _parted(self) -> bool:
        """Whether a blank line comes before."""
        return not self.out or not self.out[-1]

    def _part(self) -> None:
        if not self._parted():
            self.out.append("")
        self.head = None

    def _start_item(self, at: int, match: re.Match[str], closed: _Item | None) -> None:
        """Begin an item on a line; what follows the marker is then read as a line of that item."""
        line, marker = self.lines[at], match[2]
        kind = "-" if marker in "-*+" else "1"
        content = match.end() if line[match.end() :] and match.end() - match.end(2) <= 4 else match.end(2) + 1
        on_line = bool(self.pending)
        if on_line:
            self.pending += f"{marker[:-1]}. " if kind == "1" else "- "
        else:
            levels = self._levels()
            joins = closed is not None and closed.marker == kind
            nests = self._in_head() and self.open[-1].marker != "note"
            if self.level > levels or not (joins or nests):
                self._part()
            if self._parted():
                self.level = levels
            self.pending = "    " * levels + (f"{marker[:-1]}. " if kind == "1" else "- ")
        self.open.append(_Item(len(match[1]), content, kind, on_line))
        rest = line[content:]
        if (task := _TASK.match(rest)) and kind == "-":
            rest = ("☐ " if task[1] == " " else "☑ ") + rest[task.end() :]
        self.lines[at] = " " * content + rest
        if not rest.strip():
            self._emit([""], block=False)

    def _start_note(self, at: int, match: re.Match[str]) -> int:
        """Begin a note on a line; what follows its label is then read as a line of it."""
        self._part()
        indent = _indent(self.lines[at])
        self.level, self.pending = 0, match[1] + " "
        self.open = [_Item(indent, indent + 4, "note", on_line=False)]
        self.lines[at] = " " * (indent + 4) + match.string[match.end() :]
        return at

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _block(self, at: int) -> int:
        """Shape the block that begins at a line, or open a container there; the line to go on at."""
        raw = self.lines[at]
        closed: _Item | None = None
        while not self.pending and not self._inside(raw):
            closed = self.open.pop()
        line = self._bare(raw)
        if line[0].isalpha() and not self._starts_table(at):
            return self._paragraph(at)
        deep = self.depth + len(self.open) >= DEEPEST
        item = None if deep or _RULE.match(line) else _ITEM.match(raw)
        if _indent(line) >= 4 and not (item and (self.open or closed)) and (self.pending or self._parted()):
            return self._indented(at)
        if match := _FENCE.match(line):
            return self._fenced(at, match)
        if closer := math.block_closer(line):
            end = self._formula_end(at, closer)
            if end:
                source = "\n".join(part.strip() for part in self.lines[at:end])
                formulas = self.stash.formulas
                return self._own(formulas.plain(source), formulas.render(source, block=True), end)
        if end := self._html_end(at, line):
            return self._html(at, end)
        if match := _HEADING.match(line):
            return self._heading(len(match[1]), _heading_text(match[2]), at + 1)
        if _RULE.match(line):
            self._apart("---")
            return at + 1
        if (match := _NOTE.match(line)) and self.notes and not self.pending:
            return self._start_note(at, match)
        if _REFERENCE.match(line) and len(line) <= 2_000 and not self.pending:
            self._apart(line.strip())
            return at + 1
        if _QUOTE.match(line) and not deep:
            return self._quote(at)
        if item:
            self._start_item(at, item, closed)
            return at if self.lines[at].strip() else at + 1
        return self._table(at) if self._starts_table(at) else self._paragraph(at)

    def _part_unless_pending(self) -> None:
        if not self.pending:
            self._part()

    def _apart(self, line: str) -> None:
        self._part_unless_pending()
        self._emit([line], block=True)

    def _own(self, plain: str, markup: str, end: int) -> int:
        self._emit([self.stash.keep("x", plain, markup)], block=True)
        return end

    def _html(self, at: int, end: int) -> int:
        self._emit([set_aside_html("\n".join(self._bare(line) for line in self.lines[at:end]), self.stash)], block=True)
        return end

    def _table(self, at: int) -> int:
        end = at + 2
        while end < len(self.lines) and self._goes_on(end):
            end += 1
        self._part_unless_pending()
        self._emit([set_aside(row.strip(), self.stash) for row in self.lines[at:end]], block=True)
        return end

    def _heading(self, level: int, text: str, end: int) -> int:
        self._apart("#" * level + " " + set_aside(text, self.stash).replace("#", escaped("#")))
        return end

    def _goes_on(self, at: int) -> bool:
        """Whether a line belongs to the paragraph or table above it, by its indentation or lazily."""
        line = self.lines[at]
        if not line.strip() or (not self._inside(line) and _ITEM.match(line)):
            return False
        line = self._bare(line)
        return not _interrupts(line) or (not self.open and _indent(line) >= 4)

    def _paragraph(self, at: int) -> int:
        first = self._bare(self.lines[at]).lstrip(" ")
        following = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if self._inside(following) and (match := _UNDERLINE.match(self._bare(following))):
            return self._heading(1 if match[1][0] == "=" else 2, first.rstrip(), at + 2)
        inner, dollars = [first], first.count("$$")
        at += 1
        while at < len(self.lines):
            line = self.lines[at]
            in_formula = dollars % 2 and "$$" in line and self._inside(line)
            if not in_formula:
                if not self._goes_on(at) or self._starts_table(at):
                    break
                closer = math.block_closer(self._bare(line))
                if closer and (end := self._formula_end(at, closer)):
                    if not self._inside(line):  # it goes on lazily, as a line of text would
                        self.lines[at:end] = [" " * self._content() + part.lstrip(" ") for part in self.lines[at:end]]
                    break
            dollars += line.count("$$")
            inner.append(line.lstrip(" "))
            at += 1
        text = set_aside("\n".join(inner), self.stash)
        text = _LOOKS_LIKE_A_BLOCK.sub(lambda m: m[1] + escaped(m[2]), text)
        if not (self._parted() or self.pending or self._in_head()):
            self._part()
        self._emit(text.split("\n"), block=False)
        return at

    def _quote(self, at: int) -> int:
        inner: list[str] = []
        lazy = False
        while at < len(self.lines):
            line = self.lines[at]
            bare = self._bare(line)
            if (match := _QUOTE.match(bare)) and (self._inside(line) or not inner):
                inner.append(bare[match.end() :])
                lazy = bool(inner[-1].strip()) and not any(p.match(inner[-1]) for p in (_HEADING, _FENCE, _RULE))
            elif lazy and self._goes_on(at):
                inner.append(bare)
            else:
                break
            at += 1
        notes = self.notes and not (self.open and self.open[0].marker == "note")
        shaped = _Shaper(inner, self.stash, self.depth + len(self.open) + 1, notes=notes).run()
        self._part_unless_pending()
        self._emit([f"> {line}".rstrip(" ") if not line.strip() else f"> {line}" for line in shaped], block=True)
        return at

    def _fenced(self, at: int, match: re.Match[str]) -> int:
        fence, indent = match[1], _indent(self.lines[at])
        inner: list[str] = []
        at += 1
        while at < len(self.lines):
            line = self.lines[at]
            if line.strip() and not self._inside(line):
                break
            at += 1
            closing = _FENCE.match(self._bare(line))
            if closing and not closing[2].strip() and closing[1].startswith(fence):
                break
            inner.append(line[min(indent, _indent(line)) :])
        code = "\n".join(inner)
        return self._own(code, highlighting.highlight(code, match[2].strip()), at)

    def _indented(self, at: int) -> int:
        inner: list[str] = []
        margin = self._content() + 4
        while at < len(self.lines) and (_indent(self.lines[at]) >= margin or not self.lines[at].strip()):
            inner.append(self.lines[at][margin:])
            at += 1
        code = "\n".join(inner).rstrip()
        return self._own(code, highlighting.highlight(code), at)

    def _formula_end(self, at: int, closer: str) -> int:
        """The line after a display formula that ends a line of the same paragraph, 0 if there is none."""
        if at < self.missing.get(closer, 0):
            return 0
        begin = self.lines[at].index("$$") + 2 if closer == "$$" else 0
        inside = self._inside(self.lines[at])
        for i in range(at, len(self.lines)):
            line = self.lines[i].rstrip()
            found = line.find(closer, begin if i == at else 0)
            if found >= 0 and found == len(line) - len(closer) and (i > at or line[begin:found].strip()):
                source = "\n".join(self.lines[at : i + 1]).strip()
                if math.formula_end(source, 0) == len(source):
                    return i + 1
            if found >= 0 or not line or (inside and not self._inside(line)):
                self.missing[closer] = i
                return 0
        self.missing[closer] = len(self.lines)
        return 0

    def _html_end(self, at: int, line: str) -> int:
        """The line after the HTML that begins on a line, 0 if none does."""
        if (match := _HTML_UNTIL.match(line)) and (end := self._closed_html_end(at, match)):
            return end
        if not _HTML.match(line):
            return 0
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip() and self._inside(self.lines[end]):
            end += 1
        return end

    def _closed_html_end(self, at: int, match: re.Match[str]) -> int:
        """The line after HTML that goes on over blank lines until it is closed, 0 if it never is."""
        closer = "-->" if match[1] else f"</{match[2].lower()}>"
        if at < self.missing.get(closer, 0):
            return 0
        for i in range(at, len(self.lines)):
            if closer in self.lines[i].lower():
                return i + 1
        self.missing[closer] = len(self.lines)
        return 0

    def _starts_table(self, at: int) -> bool:
        if at + 1 >= len(self.lines) or "|" not in self.lines[at] or "|" not in self.lines[at + 1]:
            return False
        cells = self.lines[at + 1].strip().removeprefix("|").removesuffix("|").split("|")
        return len(cells) <= WIDEST and all(_DELIMITERS.fullmatch(cell.strip()) for cell in cells)


def _heading_text(text: str) -> str:
    """The text of a heading without the marks that close it."""
    bare = text.rstrip(" ").rstrip("#")
    return bare.rstrip(" ") if bare.endswith(" ") else text.rstrip(" ")
