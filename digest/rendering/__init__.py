"""Themes; a plan to outputs."""

from digest.rendering.mails import render_letter
from digest.rendering.outputs import Renderer, name_pages
from digest.rendering.themes import load_theme
