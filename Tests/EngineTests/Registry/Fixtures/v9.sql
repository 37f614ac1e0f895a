-- What a registry of schema 9 has beyond v8.sql: a token. Loaded after that.
PRAGMA user_version = 9;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v9');
CREATE TABLE tokens (
  id            TEXT NOT NULL PRIMARY KEY,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  created_at_ms INTEGER NOT NULL,
  created_by    TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO tokens VALUES('7f','laptop','operator',1000,'user:root',2000,NULL);
COMMIT;
