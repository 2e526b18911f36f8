"""What tells the sender of another process that something is queued: PostgreSQL's NOTIFY.

It is the database that tells, in the transaction that queues: whatever queues, whichever version,
it needs no further statement. Of one transaction one notice is delivered, as it commits. Where the
process that queues is itself the sender nobody is told: it wakes itself.
The tables attach the statements to `create_all`; migrations execute the same constants.
"""

CHANNEL = "linli_outbox"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION outbox_wakes_sender() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS
$$ BEGIN
IF EXISTS (
    SELECT FROM leases
    WHERE role = 'sender' AND holder <> current_setting('application_name')
) THEN PERFORM pg_notify('{CHANNEL}', ''); END IF;
RETURN NULL;
END $$
"""
_QUEUED = """
CREATE TRIGGER outbox_queued AFTER INSERT ON outbox
FOR EACH STATEMENT EXECUTE FUNCTION outbox_wakes_sender()
"""
POSTGRESQL = (_FUNCTION, _QUEUED)

POSTGRESQL_OFF = (
    "DROP TRIGGER outbox_queued ON outbox",
    "DROP FUNCTION outbox_wakes_sender()",
)
