"""The lists in docs/notices.md and docs/reminders.md: `python -m tools.kinds_page` renews them."""

import re
from collections.abc import Iterable
from pathlib import Path

from models.kinds import NOTICES, REMINDERS

DOCS = Path(__file__).parent.parent / "docs"
ROWS = re.compile(r"(?<=\n)(?:\| `[^\n]*\n)+")
"""The rows of a list, one behind another: each begins with the code of a kind."""


def _row(cells: Iterable[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|\n"


def notices() -> str:
    """Return the rows of all notices."""
    return "".join(
        _row((f"`{code}`", one.to, one.when, one.detail, one.changes, one.waits))
        for code, one in ((code, kind.declared) for code, kind in NOTICES.items())
    )


def reminders() -> str:
    """Return the rows of all reminders."""
    return "".join(
        _row((f"`{code}`", one.about, one.late, one.does))
        for code, one in ((code, kind.declared) for code, kind in REMINDERS.items())
    )


LISTS = {"notices.md": notices, "reminders.md": reminders}


def renewed(name: str, text: str) -> str:
    """Return the text of a page with its list as it is declared now."""
    return ROWS.sub(lambda _: LISTS[name](), text, count=1)


def main() -> None:
    """Renew the pages."""
    for name in LISTS:
        page = DOCS / name
        page.write_text(renewed(name, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
