local function deploy(...)
  for _, name in ipairs{...} do
    assert(mcp.deploy{name = name, components = {{name = "api", image = "example.org/" .. name .. ":1"}}})
  end
  for _, name in ipairs{...} do mcp.test.exit(name .. "/api", 1) end
end

local function state(progress, name)
  for _, stage in ipairs(progress.stages) do
    if stage.name == name then return stage.state end
  end
end

mcp.test.case("everything comes up, and the site is told to be open", function()
  deploy("db", "cache", "search", "web")
  local progress = mcp.test.boot("boot/site.lua")
  mcp.test.equal(progress.state, "done", progress.message)
  for _, stage in ipairs(progress.stages) do mcp.test.equal(stage.state, "done", stage.name) end
  local events = mcp.events{}
  local told = false
  for _, event in ipairs(events) do told = told or event.kind == "site-up" end
  assert(told)
end)

mcp.test.case("the site comes up without search, and somebody is told", function()
  deploy("db", "cache", "search", "web")
  mcp.test.fail("start", {target = "search/api", times = 1000, message = "the index is broken"})
  local progress = mcp.test.boot("boot/site.lua")
  mcp.test.equal(state(progress, "search"), "done")
  mcp.test.equal(state(progress, "site"), "done")
  local alert
  for _, event in ipairs(mcp.events{}) do
    if event.kind == "alert" then alert = event.message end
  end
  assert(alert and alert:find("the index is broken", 1, true), alert)
end)

mcp.test.case("nothing is served without the database", function()
  deploy("db", "cache", "search", "web")
  mcp.test.fail("start", {target = "db/api", times = 1000})
  local progress = mcp.test.boot("boot/site.lua", {limit = "1m"})
  assert(state(progress, "database") ~= "done")
  mcp.test.equal(state(progress, "site"), "pending")
end)

mcp.test.case("a standby serves nobody", function()
  deploy("db", "cache", "search")
  local progress = mcp.test.boot("boot/site.lua", {env = {MCP_SITE_ROLE = "standby"}})
  mcp.test.equal(progress.state, "done")
  mcp.test.equal(state(progress, "site"), nil)
end)
