"""An invented record in the shape of PubMed's text."""

RECORD = """1. J Gard. 2024 May;10(4):335-9. doi: 10.1000/gard.1. Epub
2024 Apr 12.

Straw and bark: a
comparison.

Lovelace A(1)(2), Author B Jr(2), van der Berg C(#)(1), Garden Group.

Author information:
(1)Society, London.
(2)School, Paris.

Comment in
    J Gard. 2024 Jun;10(5):1.

BACKGROUND: Mulch saves
water.
METHODS: We weighed it.

2. We found more than
one reason.

Copyright 2024 The Garden Society.

DOI: 10.1000/gard.1
PMCID: PMC12
PMID: 1234 [Indexed for MEDLINE]

Conflict of interest statement: none.
"""
