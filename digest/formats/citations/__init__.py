"""Bibliographies: papers as BibTeX, RIS and CSL-JSON, and what a page says of them."""

from typing import TYPE_CHECKING

from digest.formats.citations.containers import Container, read_container
from digest.formats.citations.kinds import KINDS, POST, PREPRINT
from digest.model import load_later

if TYPE_CHECKING:
    from digest.formats.citations.coins import write_coins
    from digest.formats.citations.exports import join_references, write_reference
    from digest.formats.citations.keys import key_stem, key_suffix, name_stem
    from digest.formats.citations.linked_data import Post, hash_script, link_data
    from digest.formats.citations.page_metadata import describe_paper
else:
    __getattr__ = load_later(
        __name__,
        {
            "write_coins": "coins",
            "join_references": "exports", "write_reference": "exports",
            "key_stem": "keys", "key_suffix": "keys", "name_stem": "keys",
            "Post": "linked_data", "hash_script": "linked_data", "link_data": "linked_data",
            "describe_paper": "page_metadata",
        },
    )  # fmt: skip
