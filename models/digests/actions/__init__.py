"""Setting the times of digests, and queueing them when they fall due."""

from models.digests.actions.arranging import arrange
from models.digests.actions.sending import secretaries, staff, volunteers

__all__ = ["arrange", "secretaries", "staff", "volunteers"]
