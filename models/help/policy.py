"""The policy of the house: set once where sessions are opened, and the same for every act."""

from dataclasses import replace

from models.database import Session
from models.help.rules.policy import POLICY, Policy
from models.hours.holidays import is_workday

DEFAULT = replace(POLICY, is_workday=is_workday)
"""PRODUCT's promises, counted in China's working days."""


def policy_of(session: Session) -> Policy:
    """Give the policy that the session was opened with, else the defaults."""
    found = session.info.get("policy")
    return found if isinstance(found, Policy) else DEFAULT
