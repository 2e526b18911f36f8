"""Seats of a record: so many people, a line of who came too late, who was there. Knows no subject.

A list holds how many seats a record has and how many are taken; a row is one party's seat or place
in the line. The use cases work on a record that is locked (`RecordChange`); they write no notice
and no reminder, but return who was asked, passed over or let go: the subject tells them.
"""
