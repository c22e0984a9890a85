"""Where a site begins: the files that `digest init` writes, and what `digest new` is asked for."""

from digest.starting.folders import find_collisions, has_content, missing_lines, write_files
from digest.starting.new_site import NewFile, NewSite, choose_sources, fault_of_source, plan_files
from digest.starting.repositories import (
    Repository, ask_git, begin_repository, find_repository, name_on_github, pages_address,
)
from digest.starting.requirements import find_requirement
from digest.starting.wishes import Wish, make_item, read_wish
