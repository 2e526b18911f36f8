"""Use cases of roll-calls, a module each. They take session, actor and `now`; none commits."""
