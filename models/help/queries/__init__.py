"""Reading requests: what residents, volunteers and the desk see."""

from models.help.queries.calls import call_about, call_case, count_calls
from models.help.queries.contact import contact_card
from models.help.queries.desk import (
    desk_list,
    desk_view,
    find_number,
    staff_choices,
    volunteer_choices,
)
from models.help.queries.receipts import numbers_of, receipt
from models.help.queries.resident import line_said, my_requests, where_is_it_now
from models.help.queries.swaps import swap_card, swap_choices
from models.help.queries.told import told
from models.help.queries.volunteer import (
    awaits_yes,
    held_tasks,
    my_hours,
    my_tasks,
    offer_card,
    once_helped,
    open_tasks,
    task_detail,
)

__all__ = [
    "awaits_yes",
    "call_about",
    "call_case",
    "contact_card",
    "count_calls",
    "desk_list",
    "desk_view",
    "find_number",
    "held_tasks",
    "line_said",
    "my_hours",
    "my_requests",
    "my_tasks",
    "numbers_of",
    "offer_card",
    "once_helped",
    "open_tasks",
    "receipt",
    "staff_choices",
    "swap_card",
    "swap_choices",
    "task_detail",
    "told",
    "volunteer_choices",
    "where_is_it_now",
]
