"""Themes; a plan to outputs."""

from typing import TYPE_CHECKING

from digest.model import load_later
from digest.rendering.outputs import Renderer, name_pages
from digest.rendering.themes import load_theme

if TYPE_CHECKING:
    from digest.rendering.mails import render_letter
else:
    __getattr__ = load_later(__name__, {"render_letter": "mails"})
