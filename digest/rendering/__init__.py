"""Themes; a plan to outputs."""

from digest.rendering.kept import render_kept
from digest.rendering.mails import render_letter
from digest.rendering.outputs import render_plan
from digest.rendering.themes import load_theme
