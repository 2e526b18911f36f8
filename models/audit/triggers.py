"""What makes the audit book append-only: the database refuses to change or remove a line.

Each constant is a tuple of single statements, in the order in which they run. The tables attach
them to `create_all`; migrations execute the same constants.
"""

REFUSAL = "the audit book is append-only"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"

SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {_REFUSE}",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {_REFUSE}",
)

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""
_ROWS = """
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_append_only()
"""
_WHOLE = """
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
"""
POSTGRESQL = (_FUNCTION, _ROWS, _WHOLE)

SQLITE_OFF = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")
POSTGRESQL_OFF = (
    "DROP TRIGGER audit_no_change ON audit",
    "DROP TRIGGER audit_no_truncate ON audit",
    "DROP FUNCTION audit_append_only()",
)

LINKS_SQLITE = (
    f"CREATE TRIGGER audit_links_no_update BEFORE UPDATE ON audit_links {_REFUSE}",
    f"CREATE TRIGGER audit_links_no_delete BEFORE DELETE ON audit_links {_REFUSE}",
)
LINKS_POSTGRESQL = (
    _FUNCTION,
    *(
        statement.replace("TRIGGER audit_no", "TRIGGER audit_links_no").replace(
            "ON audit\n", "ON audit_links\n"
        )
        for statement in (_ROWS, _WHOLE)
    ),
)
"""The same for the links that tie its lines."""
