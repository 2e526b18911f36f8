"""Rules of care: plans, states, outcomes, what is told; standard library only."""
