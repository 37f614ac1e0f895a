-- What a registry of schema 2 has beyond v1.sql: a script, and values of two. Loaded after that.
PRAGMA user_version = 2;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v2');
CREATE TABLE scripts (
  name         TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
  text         TEXT NOT NULL,
  loaded_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE script_values (
  script        TEXT NOT NULL CHECK (script <> ''),
  key           TEXT NOT NULL CHECK (key <> ''),
  value         TEXT NOT NULL CHECK (json_valid(value)),
  updated_at_ms INTEGER NOT NULL,
  PRIMARY KEY (script, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "scripts" VALUES('hooks/watch.lua','mcp.on("exit", print)
',1795700000000);
INSERT INTO "script_values" VALUES('hooks/watch.lua','last','{"exits":3}',1795700000500);
INSERT INTO "script_values" VALUES('run/canary.lua','seen','[1,2]',1795700000900);
COMMIT;
