"""Every use case of help. Each takes the open session, the actor and `now`, and never commits."""
