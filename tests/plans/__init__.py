"""How a database finds what it is asked for: by an index, or by reading a table from end to end."""
