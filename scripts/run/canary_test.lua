local function web(tag)
  return {name = "web", components = {
    {name = "api", image = "example.org/api:" .. tag}, {name = "ui", image = "example.org/ui:" .. tag},
  }}
end

-- The script deploys by name: here that is the deployed definition, so the new one is put in its place.
local function canary(definition, during)
  local source = assert(mcp.test.source("run/canary.lua"))
  local deploy, sleep = mcp.deploy, mcp.sleep
  mcp.deploy = function(target)
    local component = target:match("/(.+)$")
    if not component then return deploy(definition) end
    local mixed = mcp.service("web").definition
    for i, c in ipairs(mixed.components) do
      if c.name == component then mixed.components[i] = definition.components[i] end
    end
    return deploy(mixed)
  end
  mcp.sleep = function(duration)
    if during then during() end
    sleep(duration)
  end
  local code = assert(load(source, "=canary.lua"))("web/api", 5)
  mcp.deploy, mcp.sleep = deploy, sleep
  return code
end

local function images()
  local list = {}
  for _, c in ipairs(mcp.ps()) do list[#list + 1] = c.version end
  return table.concat(list, " ")
end

mcp.test.case("a component that stays up brings the whole service", function()
  assert(mcp.deploy(web("1")))
  mcp.test.equal(canary(web("2")), 0)
  mcp.test.equal(images(), "2 2")
end)

mcp.test.case("a component that ends takes the service back to what it was", function()
  assert(mcp.deploy(web("1")))
  mcp.test.equal(canary(web("2"), function() mcp.test.exit("web/api", 1) end), 1)
  mcp.test.equal(images(), "1 1")
  mcp.test.equal(mcp.ps()[1].observed, "running")
end)

mcp.test.case("a component that does not start changes nothing", function()
  assert(mcp.deploy(web("1")))
  mcp.test.fail("start")
  mcp.test.equal(canary(web("2")), 1)
  mcp.test.equal(images(), "1 1")
end)
