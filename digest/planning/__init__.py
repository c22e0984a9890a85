"""What was read → what to write, purely: selection, order, indexes, pages, feeds, links, addresses."""

from typing import TYPE_CHECKING

from digest.model import load_later
from digest.planning.gists import make_gist

if TYPE_CHECKING:
    from digest.planning.foreseeing import AskedTooEarly, foresee_site, outline_entry
    from digest.planning.gathering import gather_site
    from digest.planning.made import fault_of_made
    from digest.planning.mails import nearest_days, plan_mail
    from digest.planning.plan import Draft, draft_site, plan_site
    from digest.planning.recalling import Memory, recall_site
    from digest.planning.relations import Relations
    from digest.planning.retelling import Retold, find_retold, plan_retold
    from digest.planning.rewording import find_reworded, ground_plan, plan_reworded
    from digest.planning.sitelinks import list_links
    from digest.planning.sketching import sketch_file, sketch_known
else:  # who reads needs none of it, and who plans has it loaded while others read
    __getattr__ = load_later(
        __name__,
        {
            "AskedTooEarly": "foreseeing", "foresee_site": "foreseeing", "outline_entry": "foreseeing",
            "gather_site": "gathering", "fault_of_made": "made", "nearest_days": "mails", "plan_mail": "mails",
            "Draft": "plan", "draft_site": "plan", "plan_site": "plan", "Memory": "recalling",
            "recall_site": "recalling", "Relations": "relations", "Retold": "retelling", "find_retold": "retelling",
            "plan_retold": "retelling", "find_reworded": "rewording", "ground_plan": "rewording",
            "plan_reworded": "rewording", "list_links": "sitelinks", "sketch_file": "sketching",
            "sketch_known": "sketching",
        },
    )
