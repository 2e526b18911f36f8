"""Use cases of proposals, a module each. They take session, actor and `now`; none commits."""
