-- Brings the node up as the tables [[boot.sequence]] of the agent's configuration say.

local boot = require "boot"

for _, stage in ipairs(mcp.boot_sequence()) do
  boot.stage(stage.name, {
    services = stage.services, health = stage.health, timeout = stage.timeout, required = stage.required,
  })
end

boot.run()
