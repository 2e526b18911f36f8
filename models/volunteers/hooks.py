"""What the subjects above volunteers do for them."""

from datetime import datetime

from models.database import Session
from models.hooks import AnswerHook, EventHook

approvers = AnswerHook[[Session, str], list[int]]("volunteers.approvers")
"""Who is asked about an application at the place with a path: ids, the least loaded first."""

stopped = EventHook[[Session, int, datetime]]("volunteers.stopped")
"""Somebody (by id) is a volunteer no longer: what they hold is to be handed back."""
