"""digest: a static site generator for blogs of dated paper abstracts and reading summaries."""

__version__ = "0.1.0"
