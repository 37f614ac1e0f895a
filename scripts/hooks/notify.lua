-- Tells a web hook about every deploy.
--
-- The agent's configuration names the address and allows it:
--
--   [scripts]
--   env        = ["MCP_NOTIFY_URL"]
--   http_hosts = ["hooks.example"]

local url = mcp.env.MCP_NOTIFY_URL or "http://127.0.0.1:9000/deploys"

mcp.on("deploy", function(event)
  local ok, err = mcp.retry({attempts = 4, backoff = "2s"}, function()
    local response, failure = mcp.http.post(url, {
      json = {
        node = mcp.node().name,
        service = event.service,
        result = event.details.result,
        by = event.actor.kind .. ":" .. event.actor.name,
        text = event.message,
      },
    })
    if not response then return nil, failure end
    if response.status >= 300 then return nil, "the web hook answers with " .. response.status end
    return true
  end)
  if not ok then mcp.log.warn("nobody was told of a deploy", {service = event.service, reason = tostring(err)}) end
end)
