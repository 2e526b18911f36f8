"""The list in docs/policy.md: `python -m tools.policy_page` renews it from the policy."""

import re
from pathlib import Path

from bot.policy import page
from models.policy.current import DEFAULT

PAGE = Path(__file__).parent.parent / "docs" / "policy.md"
LIST = re.compile(r"(?<=```toml\n).*?(?=```)", re.DOTALL)


def renewed(text: str) -> str:
    """Return the text of the page with every field of the policy as it is now."""
    return LIST.sub(lambda _: page(DEFAULT), text)


def main() -> None:
    """Renew the page."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
