-- What may be deployed, and when.
--
-- Refuses images without a fixed version, and every deploy while a freeze holds. A freeze is a value that this script keeps;
-- any script or operator ends it by letting its time pass:
--
--   mcp.emit("freeze", {until_hours = 4, reason = "the auditors are here"})

local FREEZE = "freeze"

local function has_fixed_version(image)
  if image:find("@sha256:", 1, true) then return true end
  local tag = image:match("[^/]*$"):match(":(.+)$")
  return tag ~= nil and tag ~= "latest"
end

mcp.before("deploy", function(op)
  for _, component in ipairs(op.definition.components) do
    if component.image and not has_fixed_version(component.image) then
      return false, ("%s/%s: the image %s has no fixed version"):format(op.service, component.name, component.image)
    end
  end
  local freeze = mcp.store.get(FREEZE)
  if freeze and mcp.now() < freeze["until"] then
    return false, ("deploys are frozen until %s: %s"):format(os.date("%H:%M", math.floor(freeze["until"])), freeze.reason)
  end
end)

mcp.on("freeze", function(event)
  local hours = tonumber(event.details.until_hours) or 1
  mcp.store.set(FREEZE, {["until"] = mcp.now() + hours * 3600, reason = event.details.reason or "no reason given"})
end)

mcp.on("thaw", function() mcp.store.delete(FREEZE) end)
