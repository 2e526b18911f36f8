"""What a sheet can be, what an answer can be, and how a filing stands."""
