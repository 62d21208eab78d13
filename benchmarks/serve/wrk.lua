-- One reading in each call, as a load of another house: an independent check of what benchmarks.serve.client says.
--
--     wrk --threads 1 --connections 128 --duration 10s --latency --script benchmarks/serve/wrk.lua http://127.0.0.1:8000 [PREFIX]
--
-- The model is that of benchmarks.serve.measure. Each thread has 10,000 streams and asks them in turn, so that a stream has
-- one call under way; every reading is numbered, and an answer that does not acknowledge it would be refused: 409 is no 2xx.
local STREAMS, threads = 10000, 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(given)
    prefix = (given[1] or "wrk") .. "-" .. number .. "-"
    stream, seq = -1, 0 -- the first request is only tried, not always sent: it is of a stream that is not asked again
end

function request()
    local path = "/v1/streams/" .. prefix .. stream .. "/readings"
    local values = string.format('{"a":%.4f,"b":%.4f,"mode":"on"}', (stream % 7) / 7, (seq % 11) / 11)
    local body = string.format('{"epoch":0,"readings":[{"seq":%d,"time":%d,"values":%s}]}', seq, seq, values)
    stream = stream + 1
    if stream == STREAMS then
        stream, seq = 0, seq + 1
    end
    return wrk.format("POST", path, {["content-type"] = "application/json"}, body)
end

function done(summary, latency, requests)
    local seconds = summary.duration / 1e6
    io.write(string.format(
        "readings/s %.0f   p50 %.1f ms   p99 %.1f ms   not 200: %d   without answer: %d\n",
        summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    ))
end
