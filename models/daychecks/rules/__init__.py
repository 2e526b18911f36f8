"""Rules of day checks: states, hours, the ladder, what is told; standard library only."""
