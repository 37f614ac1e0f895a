-- What a registry of schema 6 has beyond v5.sql: a stage of the boot sequence. Loaded after that.
PRAGMA user_version = 6;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v6');
CREATE TABLE boot_stages (
  boot_id  TEXT NOT NULL,
  stage    TEXT NOT NULL,
  state    TEXT NOT NULL,
  ended_at_ms INTEGER NOT NULL,
  PRIMARY KEY (boot_id, stage)
) STRICT, WITHOUT ROWID;
INSERT INTO boot_stages VALUES('boot-1','foundation','done',1700000000000);
COMMIT;
