"""How requests and tasks look, in answers and in pushed notices alike."""
