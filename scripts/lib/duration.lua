-- Spans of time, for people and from them.
local duration = {}

local units = {ms = 0.001, s = 1, m = 60, h = 3600, d = 86400}

--- Writes seconds as people say them: 95 is "1m35s".
function duration.text(seconds)
  seconds = math.floor(seconds + 0.5)
  if seconds < 60 then return seconds .. "s" end
  local minutes = seconds // 60
  if minutes < 60 then return ("%dm%ds"):format(minutes, seconds % 60) end
  return ("%dh%dm"):format(minutes // 60, minutes % 60)
end

--- Reads what people write: "1m35s" is 95. Raises what is no span of time.
function duration.seconds(text)
  local total, rest = 0, text
  repeat
    local number, unit, more = rest:match("^(%d+)(%l+)(.*)$")
    if not number or not units[unit] then error("a duration such as \"1m30s\" expected, not \"" .. text .. "\"", 2) end
    total, rest = total + number * units[unit], more
  until rest == ""
  return total
end

return duration
