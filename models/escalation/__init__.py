"""Who is told when nobody acts: the owner, then the secretary, then the street."""
