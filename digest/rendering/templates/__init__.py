"""Templates: Jinja2, kept to what a theme needs.

A template sees `page` (or `redirect`) and `site`, the page's masthead, and nothing else: no settings, no files, no
clock. Fields of type `Html` are written as they are; every other text is escaped, and there is no `safe` filter. What
is undefined, and what is neither text nor a number, stops the build with its place. Templates come with a site, which
may be somebody else's: they run in a sandbox. All filters are in `FILTERS`, all globals in `GLOBALS`.

A name means the nearest template of that name: that of the theme itself, else of its parent, and so on. A name after
`parent/` passes over the theme in which it is written. A template whose name ends with `.txt` is plain text: nothing
is escaped there.
"""

# This package loads Jinja2, so it is itself imported only where a page is rendered.
from digest.rendering.templates.compiling import Templates, compile_templates
from digest.rendering.templates.environment import FILTERS, GLOBALS
