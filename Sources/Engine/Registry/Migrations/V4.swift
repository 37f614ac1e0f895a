/// Routes: what they claim of the host, and the ports that their objects have got.
enum V4 {
  /// A route claims a port of the host as a published port does; `route_ports` are those behind it.
  static let sql = """
    ALTER TABLE component_ports ADD COLUMN route TEXT;

    CREATE TABLE route_ports (
      port      INTEGER PRIMARY KEY NOT NULL CHECK (port BETWEEN 1 AND 65535),
      service   TEXT NOT NULL,
      component TEXT NOT NULL,
      route     TEXT NOT NULL,
      transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
      FOREIGN KEY (service, component) REFERENCES components (service, name) ON DELETE CASCADE
    ) STRICT;
    """
}
