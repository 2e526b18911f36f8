"""What somebody can change about themselves: language, name, building, phone, door, leaving."""
