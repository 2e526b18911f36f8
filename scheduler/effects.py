"""What each kind of reminder does when it falls due."""

from scheduler.sweep import Effect

EFFECTS: dict[str, Effect] = {}
