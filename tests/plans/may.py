"""Statements that may read a growing table from end to end, and why."""

MAY = {
    ("audit", "audit_links.id IS NULL"): "after the last line that is tied on; here none is yet",
    ("audit", "max(audit.id)"): "once, when the first key is made",
    ("audit_links", "audit_links.id IS NULL"): "as for `audit`",
    ("care_gifts", "DISTINCT places.path"): "where anything of care waits, once a week",
    ("help_requests", "help_timeline.what"): "the rates of the week, once a week",
    ("help_timeline", "help_timeline.what"): "the rates of the week, once a week",
    ("people", "INTO vote_roll"): "all who may vote: a community",
    ("people", "SELECT vote_roll.person_id"): "all who may vote are told: a community",
    ("people", "consent_version IS NOT NULL"): "all who may vote or second: a community",
    ("people", "broadcast_recipients.reader_id"): "a correction goes to a community",
    ("people", "orders.person_id = people.id"): "which of all staff get the morning's digest",
    ("people", "outbox.recipient_id = people.id"): "what is taken back went to a community",
}
"""Table, and words of the statement that reads it -> why it may."""
