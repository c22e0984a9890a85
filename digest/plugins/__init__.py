"""The one door by which plugins come in, ours as well: values that installed distributions name by entry points.

Nothing in the folder of a site is ever run: a site can but name what is installed. What is wrong with a plugin is DG811
with the distribution to blame, what goes wrong while one works DG812.
"""

from digest.plugins.blaming import blame, blame_value, describe, refuse
from digest.plugins.finding import OURS, find_plugin, list_plugins, plugin_names
from digest.plugins.loading import load_chosen, load_plugin
from digest.plugins.tracing import find_culprit, list_places, tell_origin
