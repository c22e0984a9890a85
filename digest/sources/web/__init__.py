"""Feeds and pages of anybody."""
