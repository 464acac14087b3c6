"""What SQLAlchemy has no words for: tables that are only added to, and the index of words. Used by migrations."""

from __future__ import annotations

from alembic import op

_REFUSE = """
CREATE OR REPLACE FUNCTION vigie_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(*tables: str) -> None:
    """Have the database refuse any change and any removal of rows of the tables."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(_REFUSE)
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION vigie_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION vigie_append_only()"
        )


def words_of_reports() -> None:
    """The index of the words of titles and texts. In SQLite it reads the texts from `reports`; in PostgreSQL it is
    given them folded, so that no extension is needed."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='seq', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        return
    op.execute(
        "CREATE TABLE report_words (report bigint PRIMARY KEY REFERENCES reports (seq), words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_report_words_words ON report_words USING gin (words) WITH (fastupdate = off)")


_NEXT_CHANGE = "(SELECT coalesce(max(number), 0) + 1 FROM incident_changes)"
_NOTE = f"""
CREATE FUNCTION vigie_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO incident_changes (incident, number)
  VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, {_NEXT_CHANGE})
  ON CONFLICT (incident) DO UPDATE SET number = excluded.number;
  RETURN NULL;
END $$
"""


def changes_of_incidents() -> None:
    """Have the database number the changes of record incidents in `incident_changes`, whoever makes them: who watches
    looks only at what has changed. One transaction writes at a time, so that numbers follow each other as commits do.
    What is there already counts as changed once."""
    numbered = "SELECT id, row_number() OVER (ORDER BY id) FROM incidents"
    op.execute(f"INSERT INTO incident_changes (incident, number) {numbered}")
    if op.get_bind().dialect.name == "sqlite":
        for what, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER incidents_noted_on_{what.lower()} AFTER {what} ON incidents BEGIN "
                f"INSERT OR REPLACE INTO incident_changes (incident, number) VALUES ({row}.id, {_NEXT_CHANGE}); END"
            )
        return
    op.execute(_NOTE)
    op.execute(
        "CREATE TRIGGER incidents_noted AFTER INSERT OR UPDATE OR DELETE ON incidents "
        "FOR EACH ROW EXECUTE FUNCTION vigie_note_change()"
    )
