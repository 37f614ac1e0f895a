-- What a registry of schema 8 has beyond v7.sql: an adopted container. Loaded after that.
PRAGMA user_version = 8;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v8');
CREATE TABLE adopted (
  runtime_id TEXT NOT NULL PRIMARY KEY,
  runtime    TEXT NOT NULL,
  service    TEXT NOT NULL,
  component  TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  spec_hash  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO adopted VALUES('0123abcd','container','web','api',1,'hash');
COMMIT;
