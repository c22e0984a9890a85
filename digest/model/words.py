"""The words of an interface in one language."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache

from digest.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translations by their English text, the forms of a plural in their order; what is missing stays English.

    `plural` is the rule as gettext writes it: an expression in C that gives the number of the form for `n`.
    Placeholders are written `%(name)s`.
    """

    language: str = "en"
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural: str = "n != 1"

    def gettext(self, english: str, **values: str | int) -> str:
        """A text in this language, with its values put in."""
        text = self.messages.get(english, (english,))[0]
        return text % values if values else text

    def ngettext(self, one: str, many: str, number: int, **values: str | int) -> str:
        """The form of a text that goes with a number, which is its `%(number)s`."""
        return self.plural_form(one, many, number) % {"number": number, **values}

    def overlaid_by(self, other: Catalogue) -> Catalogue:
        """These words, but where the other has some, those; plurals are as the other says, if it has any words."""
        messages = {**self.messages, **other.messages}
        return Catalogue(self.language, messages, other.plural if other.messages else self.plural)

    def plural_form(self, one: str, many: str, number: int) -> str:
        """The form of a text that goes with a number, its placeholders still in it."""
        forms = self.messages.get(one)
        if forms is None:
            return one if number == 1 else many
        return forms[min(_rule(self.plural)(number), len(forms) - 1)]


@cache
def _rule(plural: str) -> Callable[[int], int]:
    return gettext.c2py(plural)
