"""The policy in force: the numbers of `models.policy` and its sections, as set here.

They stand in a TOML file that POLICY_FILE names. What it leaves out keeps its default, so a file
may hold one line. It is read at the start; a wrong one ends the start, and every mistake is told
by its key, with what was found and what is taken. `python -m bot policy` prints what is in force,
ready to be saved and changed.

values: how each kind of value is written and read; fields: which field holds which kind;
reading: file -> policy; printing: policy -> file.
"""

from bot.policy.printing import changed, page
from bot.policy.reading import in_force, read_text

__all__ = ["changed", "in_force", "page", "read_text"]
