-- One request, sent again and again: METHOD BODY COUNT SEED.
-- With a COUNT, "{n}" and "{secret}" in the path, the headers and the body stand for a
-- number from 1 to COUNT, another one in each request.

local method, body, count, seed

local function fill(text, number)
    text = text:gsub("{n}", tostring(number))
    return (text:gsub("{secret}", string.format("%040x", number)))
end

local function build(number)
    local headers = {}
    for name, value in pairs(wrk.headers) do
        headers[name] = fill(value, number)
    end
    return wrk.format(method, fill(wrk.path, number), headers, body and fill(body, number))
end

function init(arguments)
    method, body = arguments[1], arguments[2]
    count, seed = tonumber(arguments[3]), tonumber(arguments[4])
    if body == "" then
        body = nil
    end
    math.randomseed(seed)
    if count == 0 then
        local fixed = wrk.format(method, wrk.path, wrk.headers, body)
        request = function() return fixed end
    else
        request = function() return build(math.random(count)) end
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %f, "median": %f, "p99": %f, "errors": %d}\n',
        summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
