"""docs/conversation.md lists the rules for stray messages, in the order in which they are asked."""

import re
from pathlib import Path

from handlers.stray.deciding import ORDER

TABLE = Path(__file__).parents[2] / "docs" / "conversation.md"


def test_every_rule_is_listed_in_its_order() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [rule.__name__ for rule in ORDER]
