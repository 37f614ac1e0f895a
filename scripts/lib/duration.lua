-- Spans of time for people.
local duration = {}

--- Writes seconds as people say them: 95 is "1m35s".
function duration.text(seconds)
  seconds = math.floor(seconds + 0.5)
  if seconds < 60 then return seconds .. "s" end
  local minutes = seconds // 60
  if minutes < 60 then return ("%dm%ds"):format(minutes, seconds % 60) end
  return ("%dh%dm"):format(minutes // 60, minutes % 60)
end

return duration
