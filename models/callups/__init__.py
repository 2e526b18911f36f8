"""Call-ups 突击队: in a flood, so many people at these sites on these days, asked until met.

drafted -> called -> closed; beside them dropped. One part is one team (or anybody) at one site on
one day; its seats are of `models.seats`, and its line is who stands by.
"""
