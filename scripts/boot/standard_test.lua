local function service(name) return {name = name, components = {{name = "api", image = "example.org/" .. name .. ":1"}}} end

local function deploy(...)
  for _, name in ipairs{...} do assert(mcp.deploy(service(name))) end
  for _, name in ipairs{...} do mcp.test.exit(name .. "/api", 1) end
end

local function states(progress)
  local list = {}
  for _, stage in ipairs(progress.stages) do list[#list + 1] = stage.name .. " " .. stage.state end
  return table.concat(list, ", ")
end

mcp.test.case("the stages of the configuration are brought up in order", function()
  deploy("dns", "web")
  local progress = mcp.test.boot("boot/standard.lua", {sequence = {
    {name = "foundation", services = {"dns"}, timeout = "1m", required = true},
    {name = "site", services = {"web"}, timeout = "1m", required = false},
  }})
  mcp.test.equal(progress.state, "done")
  mcp.test.equal(states(progress), "foundation done, site done")
  local starts = {}
  for _, call in ipairs(mcp.test.calls()) do
    if call:find("^start ") then starts[#starts + 1] = call end
  end
  mcp.test.equal(starts, {"start dns-api", "start web-api", "start dns-api", "start web-api"})
end)

mcp.test.case("a required stage is tried again until it succeeds, and others wait for it", function()
  deploy("dns", "web")
  mcp.test.fail("start", {target = "dns/api", times = 3})
  local progress = mcp.test.boot("boot/standard.lua", {sequence = {
    {name = "foundation", services = {"dns"}, timeout = "10s", required = true},
    {name = "site", services = {"web"}, timeout = "10s", required = false},
  }})
  mcp.test.equal(states(progress), "foundation done, site done")
  mcp.test.equal(progress.stages[1].attempts, 4)
end)

mcp.test.case("a required stage that never succeeds blocks, and says why", function()
  deploy("dns", "web")
  mcp.test.fail("start", {target = "dns/api", times = 1000, message = "no such device"})
  local progress = mcp.test.boot("boot/standard.lua", {limit = "2m", sequence = {
    {name = "foundation", services = {"dns"}, timeout = "10s", required = true},
    {name = "site", services = {"web"}, timeout = "10s", required = false},
  }})
  mcp.test.equal(progress.state, "running")
  mcp.test.equal(progress.stages[2].state, "pending")
  assert(progress.stages[1].message:find("no such device", 1, true), progress.stages[1].message)
end)

mcp.test.case("a stage that is not required fails, and the boot goes on", function()
  deploy("web")
  local progress = mcp.test.boot("boot/standard.lua", {sequence = {
    {name = "foundation", services = {"dns"}, timeout = "10s", required = false},
    {name = "site", services = {"web"}, timeout = "10s", required = false},
  }})
  mcp.test.equal(states(progress), "foundation failed, site done")
  mcp.test.equal(progress.stages[1].message, "not deployed: dns")
end)

mcp.test.case("a sequence that is begun again goes on behind what has ended", function()
  deploy("dns", "web")
  local sequence = {
    {name = "foundation", services = {"dns"}, timeout = "10s", required = true},
    {name = "site", services = {"web"}, timeout = "10s", required = true},
  }
  mcp.test.fail("start", {target = "web/api", times = 1000})
  local first = mcp.test.boot("boot/standard.lua", {sequence = sequence, limit = "30s"})
  mcp.test.equal(first.stages[1].state, "done")
  assert(first.stages[2].state ~= "done")
  local before = #mcp.test.calls()
  mcp.test.boot("boot/standard.lua", {sequence = sequence, limit = "30s"})
  for index, call in ipairs(mcp.test.calls()) do
    assert(index <= before or not call:find("dns", 1, true), call)
  end
end)
