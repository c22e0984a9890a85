"""arXiv: its API, feeds, harvests, listings and mails."""
