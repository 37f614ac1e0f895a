-- Brings a node up in stages.
--
--   local boot = require "boot"
--
--   boot.stage "foundation" {
--     services = {"db"}, health = "tcp", timeout = "2m",
--     required = true,          -- tried again until it succeeds; later stages wait
--   }
--   boot.stage "site" {services = {"web"}, timeout = "1m"}    -- a failure is told, and the boot goes on
--   boot.run()
--
-- A stage may have:
--   services    what it brings up, side by side
--   health      "tcp", "http" or "grpc": how to look at components that have no health check of their own
--   timeout     how long one attempt may take; "2m" unless said otherwise
--   required    whether later stages wait until it has succeeded; false unless said otherwise
--   before      called first; by returning nil (or false) and a reason it fails the attempt
--   after       called once its services work; it can fail the attempt as well
--   fallback    called with the reason where an attempt failed; by returning true it saves the stage
--
-- Stages that are declared in a function given to boot.parallel are brought up side by side.
--
-- The agent remembers which stages have ended: a sequence that is begun again while the machine runs, because the agent
-- was restarted, goes on behind them.

local duration = require "duration"

local boot = {}

local groups = {}       -- each a list of stages that are brought up side by side
local open_group        -- the list that boot.parallel fills
local names = {}

local types = {
  services = "table", health = "string", timeout = "string", required = "boolean",
  before = "function", after = "function", fallback = "function",
}
local probes = {tcp = true, http = true, grpc = true}

local function checked(name, options)
  if type(options) ~= "table" then error("boot.stage \"" .. name .. "\": a table of options expected", 4) end
  for key, value in pairs(options) do
    if not types[key] then error("boot.stage \"" .. name .. "\": there is no option '" .. tostring(key) .. "'", 4) end
    if type(value) ~= types[key] and not (key == "timeout" and type(value) == "number") then
      error("boot.stage \"" .. name .. "\": '" .. key .. "' must be a " .. types[key], 4)
    end
  end
  if options.health and not probes[options.health] then
    error("boot.stage \"" .. name .. "\": 'health' must be \"tcp\", \"http\" or \"grpc\"", 4)
  end
  for _, service in ipairs(options.services or {}) do
    if type(service) ~= "string" then error("boot.stage \"" .. name .. "\": 'services' must be names", 4) end
  end
  if type(options.timeout) == "string" then duration.seconds(options.timeout) end
  return options
end

local function add(name, options)
  if names[name] then error("boot.stage: there are two stages called \"" .. name .. "\"", 4) end
  names[name] = true
  local stage = {name = name, services = {}, timeout = "2m", required = false}
  for key, value in pairs(checked(name, options)) do stage[key] = value end
  if open_group then open_group[#open_group + 1] = stage else groups[#groups + 1] = {stage} end
end

--- Declares a stage: boot.stage "name" {options}, or boot.stage("name", {options}).
function boot.stage(name, options)
  if type(name) ~= "string" or name == "" then error("boot.stage: a name expected", 2) end
  if options ~= nil then return add(name, options) end
  return function(given) add(name, given) end
end

--- Lets the stages that `declare` declares be brought up side by side.
function boot.parallel(declare)
  if open_group then error("boot.parallel: within another one", 2) end
  open_group = {}
  declare()
  local group = open_group
  open_group = nil
  if #group > 0 then groups[#groups + 1] = group end
end

-- What the script's own functions answered: true, or nil and why not.
local function verdict(what, ok, err)
  if ok or (ok == nil and err == nil) then return true end
  return nil, err or (what .. " said no")
end

-- Where a published port of a component is reached from this node; nil for UDP.
local function address(port)
  if port:find("/udp", 1, true) then return nil end
  local rest = port:gsub("/tcp$", "")
  local host, number = rest:match("^(%[.-%]):(%d+):%d+$")
  if not host then host, number = rest:match("^([%d%.]+):(%d+):%d+$") end
  if not host then host, number = "127.0.0.1", rest:match("^(%d+):%d+$") end
  if host == "0.0.0.0" then host = "127.0.0.1" elseif host == "[::]" then host = "[::1]" end
  return number and (host .. ":" .. number)
end

-- Waits until a component answers, where it has no health check of its own.
local function answers(component, probe, deadline)
  for _, port in ipairs(component.ports) do
    local place = address(port)
    while place do
      local ok, err
      if probe == "http" then ok, err = mcp.check{http = "http://" .. place .. "/"} else ok, err = mcp.check{[probe] = place} end
      if ok then return true end
      if mcp.now() >= deadline then
        return nil, component.service .. "/" .. component.component .. " does not answer: " .. tostring(err)
      end
      mcp.sleep("500ms")
    end
  end
  return true
end

-- Waits until a service does what it should.
local function works(service, probe, deadline)
  local ok, err = mcp.wait(service, {state = "up", timeout = math.max(0, deadline - mcp.now())})
  if not ok then return nil, err.cause or tostring(err) end
  if not probe then return true end
  for _, component in ipairs(assert(mcp.ps{service = service})) do
    if component.desired == "running" and component.observed == "running" and not component.health then
      ok, err = answers(component, probe, deadline)
      if not ok then return nil, err end
    end
  end
  return true
end

-- Those of the services that are deployed, and those that are not.
local function present(services)
  local there, deployed, missing = {}, {}, {}
  for _, service in ipairs(assert(mcp.services())) do there[service.name] = true end
  for _, service in ipairs(services) do
    local list = there[service] and deployed or missing
    list[#list + 1] = service
  end
  return deployed, missing
end

-- One attempt: true, or nil and why not.
local function attempt(stage, deadline)
  if stage.before then
    local ok, err = verdict("before", stage.before())
    if not ok then return nil, err end
  end
  local deployed, missing = present(stage.services)
  local failures = {}
  if #missing > 0 then failures[#failures + 1] = "not deployed: " .. table.concat(missing, ", ") end
  if #deployed > 0 then
    local result, err = mcp.recover{services = deployed}
    if not result then return nil, err end
    for _, failure in ipairs(result.failures) do failures[#failures + 1] = tostring(failure) end
  end
  local jobs = {}
  for index, service in ipairs(deployed) do
    jobs[index] = function() return works(service, stage.health, deadline) end
  end
  for _, outcome in ipairs(mcp.parallel(jobs)) do
    if not outcome.ok then failures[#failures + 1] = tostring(outcome.error) end
  end
  if #failures > 0 then return nil, table.concat(failures, "; ") end
  if stage.after then return verdict("after", stage.after()) end
  return true
end

local function limited(stage)
  local seconds = type(stage.timeout) == "number" and stage.timeout or duration.seconds(stage.timeout)
  -- The wait for services ends by itself and says what is late; this is for everything else.
  local ok, err = mcp.timeout(seconds + 5, function() return attempt(stage, mcp.now() + seconds) end)
  if ok then return true end
  if stage.fallback then
    local saved = verdict("fallback", stage.fallback(err))
    if saved then return true end
  end
  return nil, tostring(err)
end

local function bring_up(stage)
  local pause, longest = 1, 60
  while true do
    assert(mcp.boot_note(stage.name, "running"))
    local ok, err = limited(stage)
    if ok then return assert(mcp.boot_note(stage.name, "done")) end
    if not stage.required then return assert(mcp.boot_note(stage.name, "failed", err)) end
    assert(mcp.boot_note(stage.name, "retrying", err))
    mcp.sleep(pause .. "s")
    pause = math.min(pause * 2, longest)
  end
end

local function plan(stage)
  assert(mcp.boot_note(stage.name, "running"))
  local deployed, missing = present(stage.services)
  if #deployed > 0 then assert(mcp.recover{services = deployed, plan = true}) end
  if #missing > 0 then
    return assert(mcp.boot_note(stage.name, "failed", "not deployed: " .. table.concat(missing, ", ")))
  end
  assert(mcp.boot_note(stage.name, "done"))
end

--- Brings the stages up, in the order in which they were declared.
function boot.run()
  local declared = {}
  for _, group in ipairs(groups) do
    for _, stage in ipairs(group) do
      declared[#declared + 1] = {name = stage.name, services = stage.services, required = stage.required}
    end
  end
  local state = assert(mcp.boot_declare(declared))
  local work = state.planned and plan or bring_up
  for _, group in ipairs(groups) do
    local jobs = {}
    for _, stage in ipairs(group) do
      if not state.ended[stage.name] then jobs[#jobs + 1] = function() work(stage) end end
    end
    for _, outcome in ipairs(mcp.parallel(jobs)) do
      if not outcome.ok then error(outcome.error, 0) end
    end
  end
  groups, names = {}, {}
end

return boot
