"""Gatherings 活动: get out of the house and meet; with seats or without, once or every week.

announced -> over; beside them off. Seats are of `models.seats`, what people found of it of
`models.marks`.
"""
