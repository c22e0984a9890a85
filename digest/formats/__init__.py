"""Text to values and back, pure: each file is one format."""
