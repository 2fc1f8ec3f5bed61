import Foundation

/// One request after the other, by curl: for setting up and for checking, not for measuring.
struct APIClient {
    struct Answer {
        var status: Int
        /// Header and body, in bytes.
        var length: Int
        var body: Data
    }

    let port: UInt16
    let key: String
    /// Folder for bodies on their way.
    let folder: String

    /// - Parameter path: from `/api` on.
    /// - Throws: ``BenchmarkFailure`` when no answer comes at all.
    func send(_ method: String, _ path: String, body: Data? = nil) throws -> Answer {
        let (sent, received) = ("\(folder)/request.body", "\(folder)/answer.body")
        var command = [
            "curl", "-sS", "-X", method, "-o", received, "-w", "%{http_code} %{size_header} %{size_download}",
            "-H", "Authorization: Bearer \(key)", "http://127.0.0.1:\(port)\(path)",
        ]
        if let body {
            try body.write(to: URL(filePath: sent))
            command += ["-H", "Content-Type: application/json", "-H", "Expect:", "--data-binary", "@\(sent)"]
        }
        let numbers = try Tool(folder: folder).run(command).split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 3 else { throw BenchmarkFailure("curl printed \(numbers) for \(method) \(path).") }
        return Answer(
            status: numbers[0], length: numbers[1] + numbers[2],
            body: numbers[2] == 0 ? Data() : try Data(contentsOf: URL(filePath: received)))
    }

    /// - Throws: ``BenchmarkFailure`` when the status is not 200 or the body is not of this form.
    func call<Body: Encodable, Reply: Decodable>(
        _ method: String, _ path: String, _ body: Body? = Optional<Int>.none, as: Reply.Type
    ) throws -> Reply {
        let answer = try send(method, path, body: try body.map { try JSONEncoder().encode($0) })
        guard answer.status == 200 else {
            throw BenchmarkFailure(
                "\(method) \(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        do {
            return try JSONDecoder().decode(Reply.self, from: answer.body)
        } catch {
            throw BenchmarkFailure("\(method) \(path): \(error) in \(String(decoding: answer.body, as: UTF8.self))")
        }
    }
}
