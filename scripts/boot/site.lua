-- A boot sequence with conditions, stages side by side, and a fall-back.
--
--   [boot]
--   script = "boot/site.lua"
--
--   [scripts]
--   env = ["MCP_SITE_ROLE"]           -- "primary" or "standby"

local boot = require "boot"

local primary = (mcp.env.MCP_SITE_ROLE or "primary") == "primary"

-- Nothing else is of use without it: tried again until it works.
boot.stage "database" {services = {"db"}, health = "tcp", timeout = "2m", required = true}

boot.parallel(function()
  boot.stage "cache" {services = {"cache"}, timeout = "30s"}

  boot.stage "search" {
    services = {"search"}, timeout = "1m",
    -- Without its index the site works, slower; somebody should have a look in the morning.
    fallback = function(reason)
      mcp.stop("search")
      mcp.alert{severity = "warning", service = "search", summary = "the site is up without search: " .. tostring(reason)}
      return true
    end,
  }
end)

-- A standby has everything ready and serves nobody.
if primary then
  boot.stage "site" {
    services = {"web"}, health = "http", timeout = "1m",
    before = function() return mcp.wait("db", {timeout = "10s"}) end,
    after = function() mcp.emit("site-up", {message = "the site is open"}) end,
  }
end

boot.run()
