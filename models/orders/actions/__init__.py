"""Use cases of orders, a module each. They take the session, the actor and `now`; none commits."""
