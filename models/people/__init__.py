"""People, the roles they hold at places, and what is personal about them."""
