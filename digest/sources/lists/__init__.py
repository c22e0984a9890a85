"""Pages of many papers: digests, lists, tables."""
