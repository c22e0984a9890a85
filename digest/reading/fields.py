"""Typed values out of a mapping that knows its places; every wrong one becomes a problem and a default."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias, TypeVar

from digest.formats import characters, frontmatter, urls
from digest.formats.patterns import lazily
from digest.model import Problem, Severity, Span

Word = TypeVar("Word", bound=str)
Text: TypeAlias = frontmatter.ScalarNode  # a piece of text as it is shown, and where it comes from

_LINE_ENDS = lazily(r"[ \t]*[\r\n\u2028\u2029]\s*|\t+")


class Fields:
    """The keys of a mapping, read one by one. `code` is reported for a value of the wrong type.

    `written` are the values by their keys, but for those where nothing is written.
    """

    __slots__ = ("code", "mapping", "problems", "written")

    def __init__(self, mapping: frontmatter.MapNode, code: str, problems: list[Problem] | None = None) -> None:
        self.mapping = mapping
        self.code = code
        self.problems = [] if problems is None else problems
        self.written = {
            name: node
            for name, node in mapping.values.items()
            if not (isinstance(node, frontmatter.ScalarNode) and node.bare and node.empty)
        }

    def report(self, code: str, message: str, span: Span, hint: str, severity: Severity = "error") -> None:
        """Add a problem."""
        self.problems.append(Problem(severity, code, message, span, hint))

    def check_keys(self, known: Collection[str], code: str, noun: str, severity: Severity) -> None:
        """Report every key that is not known, with the one that may have been meant."""
        for name in [name for name in self.mapping.values if name not in known]:
            hint = suggest(name, known) or f"known are: {', '.join(known)}"
            self.report(code, f"{noun} `{name}` is not known", self.place_of(name, Span("")), hint, severity)

    def get(self, name: str) -> frontmatter.Node | None:
        """The value of a key; `None` where the key is missing or nothing is written there."""
        return self.written.get(name)

    def place_of(self, name: str, otherwise: Span) -> Span:
        """Where the key is written, if it is."""
        return self.mapping.place_of(name) or otherwise

    def place_in(self, name: str, lines: Sequence[str]) -> tuple[int, int]:
        """Line and column at which the text of a key begins; column 1 where it is not written as it reads.

        `lines` are those of the file.
        """
        node = self.written.get(name)
        if not isinstance(node, frontmatter.ScalarNode):
            return 1, 1
        line, column = node.line, node.column
        written = lines[line - 1]
        if not node.bare and written[column - 1] in "|>":
            return line + 1, 1
        return line, max(written.find(node.text.partition("\n")[0], column - 1), 0) + 1

    def read_text(self, name: str, *, lines: bool = False) -> Text | None:
        """A text, on one line unless `lines` may be many; `None` where nothing is written."""
        node = self.written.get(name)
        if node is None:
            return None
        if not isinstance(node, frontmatter.ScalarNode):
            self.report(self.code, f"`{name}` must be a text", node.span, f'write {name}: "…"')
            return None
        text = node.text.strip() if node.text.isprintable() else self._clean(name, node, lines=lines)
        if text == node.text:  # nearly all
            return node if text else None
        return node._replace(text=text) if text else None

    def text(self, name: str, default: str = "", *, lines: bool = False) -> str:
        """A text without its place."""
        found = self.read_text(name, lines=lines)
        return found.text if found else default

    def clean_texts(self, name: str) -> tuple[str, ...] | None:
        """What `texts` gives, without the places, of a list as nearly all are; `None` where one must look closer."""
        node = self.written.get(name)
        return node.clean_texts if isinstance(node, frontmatter.ListNode) else None

    def texts(self, name: str, example: str) -> tuple[Text, ...]:
        """A list of texts; a single text is a list of one."""
        node = self.get(name)
        if node is None:
            return ()
        hint = f"write {name}: [{example}]"
        if isinstance(node, frontmatter.MapNode):
            self.report(self.code, f"`{name}` must be a list", node.span, hint)
            return ()
        found: list[Text] = []
        for item in node.items if isinstance(node, frontmatter.ListNode) else (node,):
            if not isinstance(item, frontmatter.ScalarNode):
                self.report(self.code, f"each of `{name}` must be a text", item.span, hint)
            elif text := item.text.strip() if item.text.isprintable() else self._clean(name, item, lines=False):
                found.append(item if text == item.text else item._replace(text=text))
            else:
                self.report(self.code, f"an empty text in `{name}`", item.span, "delete it")
        return tuple(found)

    def choice(self, name: str, allowed: Sequence[Word], default: Word) -> Word:
        """One of a few words."""
        found = self.read_text(name)
        if found is None:
            return default
        if found.text in allowed:
            return allowed[allowed.index(found.text)]
        words = ", ".join(word for word in allowed if word)
        hint = suggest(found.text, allowed) or f"write one of {words}"
        self.report(self.code, f'`{name}` cannot be "{found.text}"', found.span, hint)
        return default

    def number(self, name: str, default: int | None, lowest: int, highest: int) -> int | None:
        """A whole number within bounds."""
        node = self.get(name)
        if node is None:
            return default
        value = node.value if isinstance(node, frontmatter.ScalarNode) else None
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        hint = f"write a number from {lowest} to {highest}, without quotes"
        self.report(self.code, f"`{name}` is not such a number", node.span, hint)
        return default

    def flag(self, name: str) -> bool:
        """True or false; false where nothing is written."""
        node = self.get(name)
        value = node.value if isinstance(node, frontmatter.ScalarNode) else None
        if node is None or isinstance(value, bool):
            return value is True
        self.report(self.code, f"`{name}` is neither true nor false", node.span, f"write {name}: true or {name}: false")
        return False

    def language(self, name: str, code: str, default: str = "") -> str:
        """A BCP 47 language tag."""
        found = self.read_text(name)
        if found is None:
            return default
        from digest.formats import languages  # noqa: PLC0415 - heavy: names in all languages come with it

        if languages.is_language(found.text):
            return found.text
        hint = f"write a tag such as en, de or pt-BR: {name}: en"
        self.report(code, f'`{name}` is not a language tag: "{found.text}"', found.span, hint)
        return default

    def pairs(self, name: str, example: str) -> tuple[tuple[str, Text], ...]:
        """A mapping of names to texts, in its order."""
        node = self.get(name)
        if node is None:
            return ()
        if not isinstance(node, frontmatter.MapNode):
            self.report(self.code, f"`{name}` must map names to values", node.span, f"write {name}: {{{example}}}")
            return ()
        return Fields(node, self.code, self.problems).own_pairs()

    def own_pairs(self) -> tuple[tuple[str, Text], ...]:
        """Every key with its text, where there is one."""
        found = [(self._clean("a name", key, lines=False), self.read_text(key.text)) for key, _ in self.mapping.pairs]
        return tuple((key, text) for key, text in found if text is not None)

    def accept_url(self, name: str, url: Text) -> bool:
        """Whether the address may be linked to: http, https or within the site."""
        if fault := urls.fault_of_url(url.text):
            self.report(self.code, f"`{name}` {fault}", url.span, "write an address that begins with https:// or /")
        return not fault

    def _clean(self, name: str, node: frontmatter.ScalarNode, *, lines: bool) -> str:
        """The text without control characters, on one line unless there may be more; not asked for nearly all."""
        text = node.text
        if control := characters.FORBIDDEN.search(text):
            hint = "between double quotes a backslash is an escape: use single quotes" if not node.bare else "delete it"
            message = f"`{name}` holds an invisible control character, U+{ord(control[0]):04X}"
            self.report("DG112", message, node.span, hint, "warning")
            text = characters.FORBIDDEN.sub("\ufffd", text)
        return text.strip() if lines else _LINE_ENDS.sub(" ", text).strip()


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to a mistyped one, or nothing."""
    import difflib  # noqa: PLC0415 - heavy: only for who has made a mistake

    candidates = {name.casefold().replace("-", "_"): name for name in known if name}
    close = difflib.get_close_matches(word.casefold().replace("-", "_"), candidates, n=1, cutoff=0.6)
    return f"did you mean `{candidates[close[0]]}`?" if close else ""
