"""Day checks: whether all is well, and who is told when somebody is silent."""
