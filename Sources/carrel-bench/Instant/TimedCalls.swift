/// One way to an answer: a client that asks the same again and again, and how long it waited.
struct TimedCalls {
    struct Call {
        var path: String
        var body: String
        /// Bytes whose arrival is timed; the end of the answer when empty.
        var mark = ""
        /// Bytes that a right answer has.
        var sign = "reading"
    }

    private let call: Call
    private var client: Caller
    private(set) var answered = 0
    /// Bytes of the last answer's body.
    private(set) var size = 0
    /// Milliseconds.
    private(set) var times: [Double] = []

    /// - Throws: ``BenchmarkFailure`` when the connection is refused.
    init(_ call: Call, port: UInt16, key: String) throws {
        self.call = call
        client = try Caller(port: port, key: key)
    }

    func hangUp() { client.hangUp() }

    /// - Parameter isWarmUp: whether the times are forgotten.
    /// - Throws: ``BenchmarkFailure`` when an answer is not what the provider said.
    mutating func ask(_ count: Int, isWarmUp: Bool) throws {
        for _ in 0..<count {
            let answer = try client.post(call.path, call.body, mark: call.mark)
            let text = String(decoding: answer.body, as: UTF8.self)
            guard answer.status == "200", text.contains(call.sign), text.contains("reading") else {
                throw BenchmarkFailure("POST \(call.path): \(answer.status) \(text)")
            }
            answered += 1
            size = answer.body.count
            if !isWarmUp { times.append(call.mark.isEmpty ? answer.total : answer.first) }
        }
    }
}
