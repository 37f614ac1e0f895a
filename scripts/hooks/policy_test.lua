local function web(image)
  return {name = "web", components = {{name = "api", image = image, allow_latest = true}}}
end

mcp.test.case("an image without a fixed version is refused", function()
  assert(mcp.test.load("hooks/policy.lua"))
  for _, image in ipairs{"example.org/api:latest", "example.org/api", "example.org:5000/api"} do
    local result, err = mcp.deploy(web(image))
    mcp.test.equal(result, nil, image)
    assert(err.message:find("has no fixed version", 1, true), err.message)
  end
  mcp.test.equal(#mcp.services(), 0)
end)

mcp.test.case("a tag or a digest is a fixed version", function()
  assert(mcp.test.load("hooks/policy.lua"))
  assert(mcp.deploy(web("example.org:5000/api:v1")))
  assert(mcp.deploy(web("example.org/api@sha256:" .. ("0"):rep(64))))
end)

mcp.test.case("nothing is deployed while a freeze holds", function()
  assert(mcp.test.load("hooks/policy.lua"))
  mcp.test.event{kind = "freeze", details = {until_hours = "4", reason = "audit"}}
  local _, err = mcp.deploy(web("example.org/api:1"))
  assert(err.message:find("frozen", 1, true) and err.message:find("audit", 1, true), err.message)
  mcp.test.advance("3h59m")
  assert(not mcp.deploy(web("example.org/api:1")))
  mcp.test.advance("2m")
  assert(mcp.deploy(web("example.org/api:1")))
end)

mcp.test.case("a thaw ends a freeze", function()
  assert(mcp.test.load("hooks/policy.lua"))
  mcp.test.event{kind = "freeze", details = {until_hours = "4"}}
  mcp.test.event{kind = "thaw"}
  assert(mcp.deploy(web("example.org/api:1")))
end)
