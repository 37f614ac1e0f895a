/// The first schema.
///
/// It has landed: a change of it goes into a new migration.
enum V1 {
  /// The tables, with times in milliseconds since 1970.
  ///
  /// `revisions.definition` is the truth about a definition; the tables of components, ports, volumes and
  /// environment carry the same facts for queries and constraints.
  static let sql = """
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

    CREATE INDEX events_service ON events (service, id);
    CREATE INDEX events_time ON events (time_ms);
    """
}
