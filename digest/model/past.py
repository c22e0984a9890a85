"""The addresses that a site ever had, and what stood there: content/addresses.txt, one line each."""

from __future__ import annotations

from typing import Final, Literal

from digest.model.tuples import NamedTuple

PAST_FILE: Final = "content/addresses.txt"  # in the folder of a site
Holder = Literal["id", "page", "of", "to"]


class Past(NamedTuple):
    """An address that was published. `holder` says what is `told` of what stood there.

    `id`: the permanent id of an entry, without `urn:uuid:`; `page`: the title of a plain page; `of`: what the ids of
    some entries begin with, for the page of a tag, an author or a venue; `to`: the address that it leads to now. `file`
    is the file of an entry under content/, where its address does not tell it, and `title` that of an entry whose id is
    that of its file. `line` is its place in the file, 0 for one that is new.
    """

    url: str
    holder: Holder
    told: str
    file: str = ""
    title: str = ""
    line: int = 0
