"""Bibliographies: papers as BibTeX, RIS and CSL-JSON, and what a page says of them."""

from digest.formats.citations.exports import write_export
