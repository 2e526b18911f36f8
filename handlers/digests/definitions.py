"""What the three rates are called and what each counts, said once for digest and docs alike.

docs/rates.md holds these sentences in both languages, and a test holds it to them.
"""

from typing import NamedTuple

from handlers.i18n import mark
from models.digests.rules.rates import Rate


class Definition(NamedTuple):
    """A rate in words; both are marked."""

    name: str
    counts: str


DEFINITIONS = {
    Rate.RESPONSE: Definition(
        mark("Response rate"),
        mark(
            "Of the requests that were answered in the week, or whose answer fell due in it: how "
            "many were answered in time. Each counts once, by whichever came first."
        ),
    ),
    Rate.SOLUTION: Definition(
        mark("Solution rate"),
        mark(
            "Of the requests about which it was said in the week how they came out, or which fell "
            "due in it: how many the resident called solved. Where the resident stays silent it "
            "is unconfirmed: named apart, and not solved."
        ),
    ),
    Rate.SATISFACTION: Definition(
        mark("Satisfaction rate"),
        mark("Of the requests that were rated in the week: how many got 4 or 5 stars."),
    ),
}
