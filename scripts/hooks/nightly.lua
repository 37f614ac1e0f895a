-- Restarts every service that asks for it at night, one after the other, and stops at the first that does not come back.
--
-- A component asks by a label:  labels = { nightly = "restart" }

local function asks(component)
  return component.labels and component.labels.nightly == "restart"
end

mcp.cron("30 3 * * *", function()
  for _, summary in ipairs(assert(mcp.services())) do
    local service = assert(mcp.service(summary.name))
    for _, component in ipairs(service.definition.components) do
      local target = service.name .. "/" .. component.name
      if summary.active and asks(component) then
        local ok, err = mcp.restart(target)
        if ok then ok, err = mcp.wait(target, {state = "healthy", timeout = "2m"}) end
        if not ok then
          mcp.alert{
            severity = "critical", service = service.name,
            summary = ("%s did not come back from its nightly restart: %s"):format(target, err),
          }
          return
        end
      end
    end
  end
end)
