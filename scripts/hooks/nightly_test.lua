local function service(name, labels)
  return {name = name, components = {{name = "api", image = "example.org/api:1", labels = labels}}}
end

local function restarts(kind)
  local found = {}
  for _, event in ipairs(mcp.events()) do
    if event.kind == kind then found[#found + 1] = event.service end
  end
  return found
end

mcp.test.case("who asks for it is restarted at half past three", function()
  assert(mcp.test.load("hooks/nightly.lua"))
  assert(mcp.deploy(service("a", {nightly = "restart"})))
  assert(mcp.deploy(service("b")))
  mcp.test.advance("3h")
  mcp.test.equal(#restarts("restart"), 0)
  mcp.test.advance("31m")
  mcp.test.equal(restarts("restart"), {"a"})
  mcp.test.advance("1d")
  mcp.test.equal(restarts("restart"), {"a", "a"})
end)

mcp.test.case("a service that does not come back is told, and the others are left alone", function()
  assert(mcp.test.load("hooks/nightly.lua"))
  assert(mcp.deploy(service("a", {nightly = "restart"})))
  assert(mcp.deploy(service("b", {nightly = "restart"})))
  mcp.test.fail("start", {target = "a/api", message = "no more memory"})
  mcp.test.advance("3h31m")
  mcp.test.equal(restarts("alert"), {"a"})
  mcp.test.equal(restarts("restart"), {"a"})
end)
