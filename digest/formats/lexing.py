"""Lexers of Pygments, quickly: no rule is compiled before a text needs it, and none is tried that cannot match.

The tokens are those that Pygments gives. Its own way through a text tries all rules of a state at each place, one after
the other, and hands each token through three generators.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from digest.formats.pattern_starts import OTHER, compile_pattern, starts_of
from digest.formats.patterns import lazily

Rule = tuple[Any, Any, Any]  # as Pygments has them: (what matches, kind of token or what makes some, states to go to)

# Letters of all scripts in a set, behind ASCII ones. To compile them takes longer than to compile a whole language.
_WIDE: Final = lazily(r"(?<!\\)(\[[A-Za-z0-9_-]*[A-Za-z0-9_])(?:[^\x00-\x7f]-?){50,}(?=\])")
_RANGE: Final = lazily(r"(.)(?:-(.))?")
_CASELESS: Final = lazily(r"\(\?[a-zA-Z]*i")
_LETTERS: Final = lazily(r"[A-Za-z0-9_]+")
_BEFORE: Final = frozenset(("", r"\b", r"(?<!\.)"))  # what may stand before a word and takes no character


def make_lexer(kind: Any, *, beyond: str | None) -> Any:  # noqa: ANN401 - of a type that this file does not know
    """A lexer of a class, which compiles its rules when they are needed.

    It is for texts that hold nothing `beyond` ASCII but these characters, which are in order; `None` is for all texts.
    """
    own = {"_process_regex": staticmethod(partial(_Match, beyond)), "__module__": kind.__module__}
    lexer = type(kind)(kind.__name__, (kind,), own)(stripnl=False)
    states = getattr(lexer, "_tokens", None)
    if isinstance(states, dict):  # as those have that are made of regular expressions
        lexer.__dict__["_tokens"] = {name: State(rules) for name, rules in states.items()}
    return lexer


class _Match:
    """What matches a rule; as a function it is what Pygments expects there."""

    __slots__ = ("_beyond", "_flags", "_match", "_regex")

    def __init__(self, beyond: str | None, regex: Any, flags: int, _state: str) -> None:  # noqa: ANN401 - text, or what will be
        self._beyond = beyond
        self._regex = regex
        self._flags = int(flags)  # those of an enumeration take long to ask
        self._match: Callable[..., re.Match[str] | None] | None = None

    def __call__(self, text: str, *place: int) -> re.Match[str] | None:
        return self.compiled(whole=False)(text, *place)

    def compiled(self, *, whole: bool) -> Callable[..., re.Match[str] | None]:
        """The match of the compiled pattern. Of one who wants it `whole` nobody asks for groups."""
        if self._match is None:
            words = _read_words(self._regex, self._flags) if whole else None
            if words:
                return _find_word(self._regex.prefix, self._flags, words)
            self._match = compile_pattern(self._text(), self._flags).match
        return self._match

    def starts(self) -> frozenset[int] | None:
        """With what a match begins."""
        words = _read_words(self._regex, self._flags)
        return frozenset([ord(word[0]) for word in words]) if words else starts_of(self._text(), self._flags)

    def _text(self) -> str:
        text = self._regex if isinstance(self._regex, str) else _join_words(self._regex)
        beyond = self._beyond
        if not (beyond is None or text.isascii() or self._flags & re.IGNORECASE or _CASELESS.search(text)):
            text = _WIDE.sub(lambda found: found[0] if _holds(found[0], beyond) else found[1], text)
        self._regex, self._beyond = text, None
        return text


@lru_cache(maxsize=256)  # a rule stands in several states, and in lexers for other texts
def _join_words(words: Any) -> str:  # noqa: ANN401 - of a type that this file does not know
    """The pattern of a rule that is written as a list of words."""
    return str(words.get())


@lru_cache(maxsize=256)
def _read_words(regex: Any, flags: int) -> frozenset[str]:  # noqa: ANN401 - likewise
    """The words that a rule lists which matches each where it stands alone; none where it is another rule.

    The patterns of such lists are long: most of the time that a language takes to get ready would go into them.
    """
    if isinstance(regex, str) or flags & re.IGNORECASE or (regex.prefix not in _BEFORE or regex.suffix != r"\b"):
        return frozenset()
    words = frozenset(regex.words)
    return words if all(map(_LETTERS.fullmatch, words)) else frozenset()


@lru_cache(maxsize=256)
def _find_word(before: str, flags: int, words: frozenset[str]) -> Callable[..., re.Match[str] | None]:
    """What matches one of some words: all letters there are must be the word, as a word ends where they do."""
    match_letters = compile_pattern(rf"{before}\w+", flags).match

    def match(text: str, *place: int) -> re.Match[str] | None:
        found = match_letters(text, *place)
        return found if found and found[0] in words else None

    return match


@lru_cache(maxsize=64)  # the letters of names stand in many rules
def _holds(letters: str, some: str) -> bool:
    """Whether one of some characters, which are in order, is in the ranges of a set."""
    ranges = _RANGE.findall(letters) if some else ()
    return any(bisect_left(some, low) < bisect_right(some, high or low) for low, high in ranges)


class _Sorted(dict[str, tuple[Rule, ...]]):
    """The rules of a state by the character that a text goes on with, in order: those that can match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules
        self._starts: list[frozenset[int] | None] = []

    def __missing__(self, first: str) -> tuple[Rule, ...]:
        if not self._starts:
            self._starts = [each[0].starts() if isinstance(each[0], _Match) else None for each in self._rules]
        code = min(ord(first), OTHER) if first else -1
        found = tuple(
            (rule[0].compiled(whole=isinstance(rule[1], tuple)), *rule[1:]) if isinstance(rule[0], _Match) else rule
            for rule, starts in zip(self._rules, self._starts, strict=True)
            if starts is None or code in starts
        )
        if code < OTHER:
            self[first] = found
        return found


class State:
    """The rules of one state of a lexer; those that go through them are given what can match, no others."""

    __slots__ = ("_first", "by_first")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.by_first = _Sorted(rules)
        self._first = ""

    def __iter__(self) -> Iterator[Rule]:
        """First a rule that matches nothing and so sees the place; then those whose matches can begin as the text."""
        yield self._look, None, None
        yield from self.by_first[self._first]

    def _look(self, text: str, start: int, *_end: int) -> None:
        self._first = text[start : start + 1]


def read_tokens(lexer: Any, text: str, blank: Any, error: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 - likewise
    """The tokens of a text, as `RegexLexer.get_tokens_unprocessed` gives them; some are empty.

    `blank` is the kind of a line end that no rule knows, `error` that of any other character.
    """
    states = {name: state.by_first for name, state in lexer._tokens.items()}
    kinds = type(blank)
    tokens: list[tuple[Any, str]] = []
    token = tokens.append
    stack = ["root"]
    state = states["root"]
    at = 0
    while True:
        for match, action, target in state[text[at : at + 1]]:
            found = match(text, at)
            if found is None:
                continue
            at = found.end()
            if type(action) is kinds:
                token((action, found[0]))
            elif action is not None:
                tokens += [(kind, part) for _, kind, part in action(lexer, found)]
            if target is not None:
                _go(stack, target)
                state = states[stack[-1]]
            break
        else:
            if at >= len(text):
                return tokens
            if text[at] == "\n":
                stack = ["root"]
                state = states["root"]
                token((blank, "\n"))
            else:
                token((error, text[at]))
            at += 1


def _go(stack: list[str], target: tuple[str, ...] | int | str) -> None:
    """Leave and enter states; the first is never left."""
    if isinstance(target, int):
        del stack[max(1, len(stack) - abs(target)) :]
        return
    for name in target if isinstance(target, tuple) else (target,):
        if name == "#push":
            stack.append(stack[-1])
        elif name != "#pop":
            stack.append(name)
        elif len(stack) > 1:
            stack.pop()
