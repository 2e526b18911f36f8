"""The kit for records: what every subject with a lifecycle shares, and nothing of any subject.

A subject declares a lifecycle (who moves a record from where to where) and who is what to a record;
its use cases stay plain functions: `begin` locks the record and says why somebody may not, the
function decides, `finish` writes it and changes the open cards. Nothing here calls back into a
subject but for what its `RecordKind` names.
"""
