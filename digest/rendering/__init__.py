"""Themes; a plan to outputs."""

from digest.rendering.outputs import render_plan
from digest.rendering.themes import load_theme
