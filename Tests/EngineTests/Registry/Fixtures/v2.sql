-- A registry of schema 2, as mcp-agent wrote it: three services, of which one is being deployed and
-- one removed, and a script with two values. Loaded with foreign keys off.
PRAGMA application_id = 1835233394;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE component_env (
  service   TEXT NOT NULL,
  component TEXT NOT NULL,
  position  INTEGER NOT NULL CHECK (position >= 0),
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('literal', 'secret')),
  value     TEXT NOT NULL,
  PRIMARY KEY (service, component, position),
  UNIQUE (service, component, name),
  FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
) STRICT;
INSERT INTO "component_env" VALUES('complete','api',0,'Z','literal','');
INSERT INTO "component_env" VALUES('complete','api',1,'A','literal','ünï=😀;--');
INSERT INTO "component_env" VALUES('complete','api',2,'TOKEN','secret','api-token');
CREATE TABLE component_ports (
  service        TEXT NOT NULL,
  component      TEXT NOT NULL,
  position       INTEGER NOT NULL CHECK (position >= 0),
  host_ip        TEXT,
  host_port      INTEGER NOT NULL CHECK (host_port BETWEEN 1 AND 65535),
  container_port INTEGER NOT NULL CHECK (container_port BETWEEN 1 AND 65535),
  transport      TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
  PRIMARY KEY (service, component, position),
  FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
) STRICT;
INSERT INTO "component_ports" VALUES('complete','api',0,'127.0.0.1',8443,8443,'tcp');
INSERT INTO "component_ports" VALUES('complete','api',1,'::1',8443,8443,'tcp');
INSERT INTO "component_ports" VALUES('complete','api',2,NULL,9000,9000,'udp');
INSERT INTO "component_ports" VALUES('complete','api',3,'0.0.0.0',9000,9001,'tcp');
INSERT INTO "component_ports" VALUES('web','api',0,'127.0.0.1',80,8080,'tcp');
CREATE TABLE component_volumes (
  service   TEXT NOT NULL,
  component TEXT NOT NULL,
  position  INTEGER NOT NULL CHECK (position >= 0),
  source    TEXT NOT NULL,
  target    TEXT NOT NULL,
  read_only INTEGER NOT NULL CHECK (read_only IN (0, 1)),
  PRIMARY KEY (service, component, position),
  FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
) STRICT;
INSERT INTO "component_volumes" VALUES('complete','api',0,'/srv/x y','/data',0);
INSERT INTO "component_volumes" VALUES('complete','api',1,'/etc/x','/etc/x',1);
CREATE TABLE components (
  service      TEXT NOT NULL REFERENCES services (name) ON DELETE CASCADE,
  name         TEXT NOT NULL CHECK (name <> ''),
  position     INTEGER NOT NULL CHECK (position >= 0),
  runtime      TEXT NOT NULL CHECK (runtime IN ('container', 'unikernel')),
  image        TEXT,
  network      TEXT,
  user         TEXT,
  restart      TEXT NOT NULL,
  command      TEXT NOT NULL CHECK (json_valid(command)),
  memory_bytes INTEGER,
  cpus         REAL,
  heal         INTEGER NOT NULL CHECK (heal IN (0, 1)),
  desired      TEXT NOT NULL CHECK (desired IN ('running', 'stopped')),
  spec_hash    TEXT NOT NULL CHECK (spec_hash <> ''),
  revision     INTEGER NOT NULL CHECK (revision >= 1),
  PRIMARY KEY (service, name)
) STRICT;
INSERT INTO "components" VALUES('complete','api',0,'container','example.org/äpi@sha256:0123','mcpnet','0:0','on-failure:3','["server","--config","/srv/\"quoted\"\n''x''",""]',268435456,0.1,0,'running','dcbed6ae9eaf66a7003c983ba4388aade9e53b3d96d83643cc9547c213ab5112',1);
INSERT INTO "components" VALUES('complete','vm',1,'unikernel',NULL,NULL,NULL,'no','[]',9223372036854775807,2.0,1,'stopped','5b8a8f91618933ff3994022ddefb5a85c58f6a97b8af30be30d88368af2829a5',1);
INSERT INTO "components" VALUES('web','api',0,'container','example.org/api:1',NULL,NULL,'unless-stopped','["newer"]',NULL,NULL,1,'running','c8c1f847f9fe097603f2d66cded88d1a7d03894579e1218f5080c82dd7f20334',3);
INSERT INTO "components" VALUES('old','api',0,'container','example.org/api:1',NULL,NULL,'unless-stopped','[]',NULL,NULL,1,'running','3109ad399042998e9dafce9e28886913b621e150bb54a456ff409c601cb710f3',1);
CREATE TABLE events (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  time_ms    INTEGER NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('user', 'token', 'script', 'agent')),
  actor_name TEXT NOT NULL,
  service    TEXT,
  component  TEXT,
  kind       TEXT NOT NULL,
  message    TEXT NOT NULL,
  details    TEXT NOT NULL CHECK (json_valid(details))
) STRICT;
INSERT INTO "events" VALUES(1,1750000000000,'user','alice','complete',NULL,'deploy','deployed revision 1','{"result":"ok"}');
INSERT INTO "events" VALUES(2,1750000000000,'user','alice','complete',NULL,'start','started','{"result":"ok"}');
INSERT INTO "events" VALUES(3,1750000000000,'user','alice','web',NULL,'deploy','undone','{"result":"ok"}');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('v1');
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
CREATE TABLE observed_state (
  service        TEXT NOT NULL,
  component      TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN
    ('running', 'starting', 'unhealthy', 'exited', 'stopped', 'missing', 'unknown')),
  exit_code      INTEGER,
  since_ms       INTEGER,
  restarts       INTEGER NOT NULL,
  runtime_id     TEXT,
  spec_hash      TEXT,
  image          TEXT,
  image_id       TEXT,
  pid            INTEGER,
  observed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (service, component),
  CHECK ((state = 'exited') = (exit_code IS NOT NULL)),
  FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
) STRICT;
INSERT INTO "observed_state" VALUES('complete','api','running',NULL,1750000000000,1,'id','h','i','sha256:1',7,1750000000000);
INSERT INTO "observed_state" VALUES('web','api','exited',3,NULL,0,NULL,NULL,NULL,NULL,NULL,1750000000000);
CREATE TABLE operation_steps (
  operation      INTEGER NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  sequence       INTEGER NOT NULL,
  component      TEXT NOT NULL,
  action         TEXT NOT NULL,
  message        TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('started', 'done', 'failed', 'undone')),
  error          TEXT,
  runtime_id     TEXT,
  started_at_ms  INTEGER NOT NULL,
  finished_at_ms INTEGER,
  PRIMARY KEY (operation, sequence),
  CHECK ((state = 'failed') = (error IS NOT NULL)),
  CHECK ((state = 'started') = (finished_at_ms IS NULL))
) STRICT;
INSERT INTO "operation_steps" VALUES(7,0,'api','create','create web-api','done',NULL,'abc',1750000000000,1750000000000);
INSERT INTO "operation_steps" VALUES(7,1,'api','pull','pull web-api','failed','no such image',NULL,1750000000000,1750000000000);
INSERT INTO "operation_steps" VALUES(7,2,'api','start','start web-api','started',NULL,NULL,1750000000000,NULL);
CREATE TABLE operations (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  primitive       TEXT NOT NULL,
  service         TEXT NOT NULL UNIQUE,
  component       TEXT,
  actor_kind      TEXT NOT NULL CHECK (actor_kind IN ('user', 'token', 'script', 'agent')),
  actor_name      TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  peer            TEXT NOT NULL,
  started_at_ms   INTEGER NOT NULL,
  change          TEXT NOT NULL CHECK (change IN ('none', 'define', 'desire', 'remove')),
  before_record   TEXT CHECK (before_record IS NULL OR json_valid(before_record)),
  before_removing INTEGER NOT NULL CHECK (before_removing IN (0, 1)),
  CHECK (before_record IS NOT NULL OR change = 'define')
) STRICT;
INSERT INTO "operations" VALUES(6,'undeploy','old',NULL,'user','alice','operator','unix:uid=1000,pid=4711',1750000000000,'remove','{"components":[{"desired":"running","name":"api","revision":1,"specHash":"3109ad399042998e9dafce9e28886913b621e150bb54a456ff409c601cb710f3"}],"definition":{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":[],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"old","node":"rift"},"revision":1,"updatedAt":1750000000000,"updatedBy":{"kind":"user","name":"alice"}}',0);
INSERT INTO "operations" VALUES(7,'deploy','web',NULL,'user','alice','operator','unix:uid=1000,pid=4711',1750000000000,'define','{"components":[{"desired":"running","name":"api","revision":1,"specHash":"b03d7c4a938875a1b5c55689d45494d62dd208fbf61f65962be5c825c4b0c626"}],"definition":{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":[],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[{"containerPort":8080,"hostPort":80,"transport":"tcp"}],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"web","node":"rift"},"revision":1,"updatedAt":1750000000000,"updatedBy":{"kind":"user","name":"alice"}}',0);
CREATE TABLE revisions (
  service       TEXT NOT NULL REFERENCES services (name) ON DELETE CASCADE,
  revision      INTEGER NOT NULL CHECK (revision >= 1),
  definition    TEXT NOT NULL CHECK (json_valid(definition)),
  actor_kind    TEXT NOT NULL CHECK (actor_kind IN ('user', 'token', 'script', 'agent')),
  actor_name    TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  outcome       TEXT NOT NULL CHECK (outcome IN ('pending', 'deployed', 'failed', 'incomplete')),
  PRIMARY KEY (service, revision)
) STRICT;
INSERT INTO "revisions" VALUES('complete',1,'{"active":false,"buildImages":{"complete":"Dockerfile"},"components":[{"allowLatest":true,"command":["server","--config","/srv/\"quoted\"\n''x''",""],"cpus":0.1,"dependsOn":["vm"],"environment":[{"name":"Z","value":{"literal":{"_0":""}}},{"name":"A","value":{"literal":{"_0":"ünï=😀;--"}}},{"name":"TOKEN","value":{"secret":{"_0":"api-token"}}}],"heal":false,"health":{"command":["/bin/check"],"intervalMs":1,"kind":"exec","path":"/healthz","port":8443,"retries":4,"startPeriodMs":5,"timeoutMs":2},"image":"example.org/äpi@sha256:0123","labels":{"":"/","team":"core"},"memory":268435456,"name":"api","network":"mcpnet","ports":[{"containerPort":8443,"hostIP":"127.0.0.1","hostPort":8443,"transport":"tcp"},{"containerPort":8443,"hostIP":"::1","hostPort":8443,"transport":"tcp"},{"containerPort":9000,"hostPort":9000,"transport":"udp"},{"containerPort":9001,"hostIP":"0.0.0.0","hostPort":9000,"transport":"tcp"}],"restart":"on-failure:3","routes":[{"hostname":"x.example","mode":"l7","name":"rest","port":8443},{"mode":"l4","name":"","port":1}],"runtime":"container","user":"0:0","volumes":[{"readOnly":false,"source":"/srv/x y","target":"/data"},{"readOnly":true,"source":"/etc/x","target":"/etc/x"}]},{"allowLatest":false,"command":[],"cpus":2,"dependsOn":[],"environment":[],"heal":true,"labels":{},"memory":9223372036854775807,"name":"vm","ports":[],"restart":"no","routes":[],"runtime":"unikernel","unikernel":{"commandLine":"console=ttyS0","disk":"/d","initrd":"/i","kernel":"/k","sha256":"ff"},"volumes":[]}],"name":"complete","path":"src/complete","snapshot":{"exclude":["cache/"],"method":"exec: dump"}}','user','alice',1750000000000,'deployed');
INSERT INTO "revisions" VALUES('web',1,'{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":[],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[{"containerPort":8080,"hostPort":80,"transport":"tcp"}],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"web","node":"rift"}','user','alice',1750000000000,'deployed');
INSERT INTO "revisions" VALUES('web',2,'{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":["bad"],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[{"containerPort":8080,"hostPort":80,"transport":"tcp"}],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"web","node":"rift"}','user','alice',1750000000000,'failed');
INSERT INTO "revisions" VALUES('old',1,'{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":[],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"old","node":"rift"}','user','alice',1750000000000,'deployed');
INSERT INTO "revisions" VALUES('web',3,'{"active":true,"buildImages":{},"components":[{"allowLatest":false,"command":["newer"],"dependsOn":[],"environment":[],"heal":true,"image":"example.org/api:1","labels":{},"name":"api","ports":[{"containerPort":8080,"hostIP":"127.0.0.1","hostPort":80,"transport":"tcp"}],"restart":"unless-stopped","routes":[],"runtime":"container","volumes":[]}],"name":"web","node":"rift"}','user','alice',1750000000000,'pending');
CREATE TABLE services (
  name            TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
  node            TEXT,
  active          INTEGER NOT NULL CHECK (active IN (0, 1)),
  revision        INTEGER NOT NULL CHECK (revision >= 1),
  updated_at_ms   INTEGER NOT NULL,
  updated_by_kind TEXT NOT NULL CHECK (updated_by_kind IN ('user', 'token', 'script', 'agent')),
  updated_by_name TEXT NOT NULL,
  removing        INTEGER NOT NULL DEFAULT 0 CHECK (removing IN (0, 1)),
  FOREIGN KEY (name, revision) REFERENCES revisions (service, revision)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "services" VALUES('complete',NULL,0,1,1750000000000,'user','alice',0);
INSERT INTO "services" VALUES('web','rift',1,3,1750000000000,'user','alice',0);
INSERT INTO "services" VALUES('old','rift',1,1,1750000000000,'user','alice',1);
CREATE UNIQUE INDEX component_ports_claim ON component_ports
  (host_port, transport, CASE WHEN host_ip IN ('0.0.0.0', '::') THEN '*' ELSE coalesce(host_ip, '*') END);
CREATE TRIGGER component_ports_overlap BEFORE INSERT ON component_ports
WHEN EXISTS (
  SELECT 1 FROM component_ports AS other
  WHERE other.host_port = NEW.host_port AND other.transport = NEW.transport
    AND (other.host_ip = NEW.host_ip
      OR other.host_ip IS NULL OR other.host_ip IN ('0.0.0.0', '::')
      OR NEW.host_ip IS NULL OR NEW.host_ip IN ('0.0.0.0', '::')))
BEGIN
  SELECT RAISE(ABORT, 'the host port is claimed already');
END;
CREATE INDEX events_service ON events (service, id);
CREATE INDEX events_time ON events (time_ms);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('operations',7);
INSERT INTO "sqlite_sequence" VALUES('events',3);
COMMIT;
