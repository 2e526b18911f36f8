"""Use cases of meetings, a module each. They take session, actor and `now`; none commits."""
