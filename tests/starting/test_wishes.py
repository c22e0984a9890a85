"""What `digest new` is asked for, and the item that it becomes."""

from __future__ import annotations

from digest.sources import names_in
from digest.starting import make_item, read_wish


def test_a_password_in_an_address_is_for_asking_only() -> None:
    wish = read_wish("https://ada:secret@example.org/a-paper/", names_in)
    assert wish.url == "https://ada:secret@example.org/a-paper/"
    item = make_item(wish, wish.kind, draft=False)
    assert item.links == (("paper", "https://example.org/a-paper/"),)
    assert item.title == "example.org/a-paper"
