-- What wrk sends and reports in the request benchmark.
-- usage: wrk -s load.lua URL -- KEY MARK [BODIES]
-- KEY: the API key. MARK: the number of times that the text "score": must occur in each answer; 0: answers are not read,
-- which costs less. BODIES: a file of JSON bodies, one a line, sent in turn by POST; without it, GET.

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(arguments)
    wrk.headers["Authorization"] = "Bearer " .. arguments[1]
    local marks = tonumber(arguments[2])
    wrong = 0
    if arguments[3] then
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        local requests = {}
        for line in io.lines(arguments[3]) do table.insert(requests, wrk.format(nil, nil, nil, line)) end
        -- Threads begin far from each other, so that none finds in a cache what the other has just asked.
        local position = number * math.floor(#requests / 2)
        request = function()
            position = position % #requests + 1
            return requests[position]
        end
    end
    if marks > 0 then
        response = function(status, headers, body)
            local _, found = body:gsub('"score":', "")
            if status ~= 200 or found ~= marks then wrong = wrong + 1 end
        end
    end
end

-- One line of numbers: requests, microseconds, bytes, failures, wrong answers, p50 and p99 in microseconds.
function done(summary, latency)
    local errors = summary.errors
    local failures = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    local wrong = 0
    for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
    io.write(string.format("\nRESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
        failures, wrong, latency:percentile(50), latency:percentile(99)))
end
