-- Deploys one component of a service, watches it, and goes on with the others or goes back.
--
--   mcp run canary.lua web/api [seconds]
--   mcp run --plan canary.lua web/api

local target, seconds = ...
local service, component = (target or ""):match("^([^/]+)/([^/]+)$")
if not service then
  print("usage: mcp run canary.lua service/component [seconds]")
  return 2
end
seconds = tonumber(seconds) or 60

local function watch()
  local restarts = assert(mcp.ps{service = service})
  local before = {}
  for _, c in ipairs(restarts) do before[c.component] = c.restarts end
  local deadline = mcp.now() + seconds
  repeat
    for _, c in ipairs(assert(mcp.ps{service = service})) do
      if c.component == component and (c.observed ~= "running" or c.restarts > (before[component] or 0)) then
        return nil, ("%s is %s after %d restarts"):format(target, c.observed, c.restarts)
      end
    end
    mcp.sleep(math.min(1, seconds))
  until mcp.now() >= deadline
  return true
end

-- What was deployed inside is undone where the watch fails.
local ok, err = mcp.tx(function()
  local result = assert(mcp.deploy(target))
  if result.planned then return true end
  print(result.message)
  assert(mcp.wait(target, {timeout = "1m"}))
  print(("watching %s for %d seconds"):format(target, seconds))
  return watch()
end)
if not ok then
  print("going back: " .. tostring(err))
  return 1
end

local result, failure = mcp.deploy(service)
if not result then return nil, failure end
print(result.message)
return 0
