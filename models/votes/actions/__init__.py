"""Use cases of votes, a module each. They take session, actor and `now`; none commits."""
