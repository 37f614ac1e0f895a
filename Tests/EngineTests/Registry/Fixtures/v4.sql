-- What a registry of schema 4 has beyond v3.sql: what routes claim, and a port of one. Loaded after that.
PRAGMA user_version = 4;
BEGIN TRANSACTION;
INSERT INTO "grdb_migrations" VALUES('v4');
ALTER TABLE component_ports ADD COLUMN route TEXT;

CREATE TABLE route_ports (
  port      INTEGER PRIMARY KEY NOT NULL CHECK (port BETWEEN 1 AND 65535),
  service   TEXT NOT NULL,
  component TEXT NOT NULL,
  route     TEXT NOT NULL,
  transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
  FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
) STRICT;
INSERT INTO "route_ports" VALUES(20001,'complete','api','rest','tcp');
COMMIT;
