-- What a registry of schema 7 has beyond v6.sql: an alert, what has to be sent of it, a silence. Loaded after that.
PRAGMA user_version = 7;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v7');
CREATE TABLE alerts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  key         TEXT NOT NULL,
  severity    TEXT NOT NULL,
  summary     TEXT NOT NULL,
  service     TEXT,
  component   TEXT,
  since_ms    INTEGER NOT NULL,
  last_ms     INTEGER NOT NULL,
  count       INTEGER NOT NULL,
  resolved_ms INTEGER,
  told        TEXT
) STRICT;
CREATE UNIQUE INDEX alerts_active ON alerts (key) WHERE resolved_ms IS NULL;
CREATE INDEX alerts_resolved ON alerts (resolved_ms) WHERE resolved_ms IS NOT NULL;
CREATE TABLE alert_notices (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  alert       INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
  sink        TEXT NOT NULL,
  state       TEXT NOT NULL,
  severity    TEXT NOT NULL,
  summary     TEXT NOT NULL,
  created_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_notices_of_sink ON alert_notices (sink, id);
CREATE TABLE alert_silences (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  match       TEXT NOT NULL,
  until_ms    INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  actor       TEXT NOT NULL,
  created_ms  INTEGER NOT NULL
) STRICT;
CREATE TABLE alert_cursor (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  event_id INTEGER NOT NULL
) STRICT;
INSERT INTO alerts (id,key,severity,summary,service,component,since_ms,last_ms,count,resolved_ms,told) VALUES(1,'drift:missing:web/api','critical','there is no web-api','web','api',1700000000000,1700000001000,2,NULL,'critical');
INSERT INTO alert_notices VALUES(1,1,'webhook-1','firing','critical','there is no web-api',1700000000000);
INSERT INTO alert_silences VALUES(1,'mail',32503680000000,'a new disk','user:alice',1700000000000);
INSERT INTO alert_cursor VALUES(1,3);
COMMIT;
