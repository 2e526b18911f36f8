"""The policy in force: set once where sessions are opened, and the same for every act."""

from typing import TypeVar, overload

from models.database import Session
from models.hours.holidays import is_workday
from models.hours.queries import hours_at
from models.hours.rules.clocks import DeskClock
from models.policy.rules import Policies, Policy

S = TypeVar("S", bound=Policy)

DEFAULT = Policies({"is_workday": is_workday})
"""PRODUCT's promises, counted in China's working days."""


@overload
def policy_of(session: Session) -> Policy: ...
@overload
def policy_of(session: Session, section: type[S]) -> S: ...
def policy_of(session: Session, section: type[Policy] = Policy) -> Policy:
    """Return a section of the policy that the session was opened with, else of the defaults."""
    found = session.info.get("policy")
    return (found if isinstance(found, Policies) else DEFAULT).of(section)


async def desk_clock_at(session: Session, path: str) -> DeskClock:
    """Return the clock of the desk that is open at the place with `path`."""
    policy = policy_of(session)
    return policy.desk_clock(await hours_at(session, path, policy.desk.zone))
