-- What a registry of schema 5 has beyond v4.sql: a secret. Loaded after that.
PRAGMA user_version = 5;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v5');
CREATE TABLE secrets (
  service   TEXT NOT NULL,
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  set_at_ms INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  PRIMARY KEY (service, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "secrets" VALUES('web','key','0123','1795374267572','user:alice');
COMMIT;
