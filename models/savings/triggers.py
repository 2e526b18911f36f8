"""What makes the ledger append-only: the database refuses to change or remove a move.

Each constant is a tuple of single statements, in the order in which they run. The tables attach
them to `create_all`; the migration executes the same constants.
"""

REFUSAL = "the ledger of savings is append-only"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"

SQLITE = (
    f"CREATE TRIGGER savings_moves_no_update BEFORE UPDATE ON savings_moves {_REFUSE}",
    f"CREATE TRIGGER savings_moves_no_delete BEFORE DELETE ON savings_moves {_REFUSE}",
)

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION savings_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""
_ROWS = """
CREATE TRIGGER savings_moves_no_change BEFORE UPDATE OR DELETE ON savings_moves
FOR EACH ROW EXECUTE FUNCTION savings_append_only()
"""
_WHOLE = """
CREATE TRIGGER savings_moves_no_truncate BEFORE TRUNCATE ON savings_moves
FOR EACH STATEMENT EXECUTE FUNCTION savings_append_only()
"""
POSTGRESQL = (_FUNCTION, _ROWS, _WHOLE)
POSTGRESQL_OFF = ("DROP FUNCTION savings_append_only()",)
