-- What a registry of schema 3 has beyond v2.sql: what is kept of a version that failed. Loaded after that.
PRAGMA user_version = 3;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v3');
CREATE TABLE failures (
  service      TEXT NOT NULL CHECK (service <> ''),
  component    TEXT NOT NULL CHECK (component <> ''),
  revision     INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  lines        TEXT NOT NULL CHECK (json_valid(lines)),
  failed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (service, component)
) STRICT, WITHOUT ROWID;
INSERT INTO "failures" VALUES('web','api',3,'web-api.r3 ended: exited(3)','[{"component":"","stream":"stderr","text":"no","time":1795700000100}]',1795700000200);
COMMIT;
