"""Bibliographies: papers as BibTeX, RIS and CSL-JSON, and what a page says of them."""

from digest.formats.citations.coins import write_coins
from digest.formats.citations.containers import Container, read_container
from digest.formats.citations.exports import write_export
from digest.formats.citations.keys import key_stem, key_suffix, name_stem
from digest.formats.citations.kinds import KINDS, POST, PREPRINT
from digest.formats.citations.linked_data import Post, hash_script, link_data
from digest.formats.citations.page_metadata import describe_paper
