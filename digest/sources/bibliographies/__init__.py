"""Bibliographies: of reference managers, PubMed and publishers."""
