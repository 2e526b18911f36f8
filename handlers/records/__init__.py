"""What the screens of records share: acts by a table, small forms, lists with pages, live cards.

Nothing here knows a subject. A handler that does not fit the table is written by hand beside it.
"""
