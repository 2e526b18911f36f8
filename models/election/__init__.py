"""Electing, among many processes on one PostgreSQL, the one that sends and the one that ticks.

A seat is a lease: a row that its holder renews, with a term that grows by one each time the seat
changes hands. A holder without a word for `LEASE_SECONDS`, by the database's clock, has lost it;
one whose process is gone, sooner. Whoever writes as the holder locks the row for its own term in
that very transaction: a process that was stopped and wakes can do nothing more in an ended term.

free | overdue -> held (term + 1) -> held (renewed) … -> overdue (silence) | free (resigned)
"""
