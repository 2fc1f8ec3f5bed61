import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OrderedJSON

/// A service that speaks OpenAI's `POST /audio/transcriptions`.
struct OpenAITranscriber: AudioTranscriber {
    let client: HTTPClient
    /// Up to `/v1`.
    let base: String
    let key: String?
    let model: String
    /// From the call to the last byte of the answer: an hour of speech takes a small model minutes.
    var timeLimit = Duration.seconds(600)

    /// Bytes of an answer, and of a message of refusal in it.
    private static let answerLimit = 64 << 20
    private static let messageLimit = 4_096

    func transcript(of recording: [UInt8], fileName: String) async throws -> String {
        do {
            return try await withThrowingTaskGroup(of: String.self) { group in
                group.addTask { try await ask(recording, fileName) }
                group.addTask {
                    try await Task.sleep(for: timeLimit)
                    throw TranscriptionFailure.tooSlow(seconds: Int(timeLimit.components.seconds))
                }
                defer { group.cancelAll() }
                return try await group.next() ?? ""
            }
        } catch let failure as TranscriptionFailure {
            throw failure
        } catch {
            try Task.checkCancellation()
            throw TranscriptionFailure.unreachable
        }
    }

    private func ask(_ recording: [UInt8], _ fileName: String) async throws -> String {
        let form = MultipartForm()
        var request = HTTPClientRequest(
            url: String(base.reversed().drop { $0 == "/" }.reversed()) + "/audio/transcriptions")
        request.method = .POST
        request.headers = ["Content-Type": form.contentType, "Accept": "application/json"]
        if let key { request.headers.add(name: "Authorization", value: "Bearer " + key) }
        var body = ByteBuffer()
        form.write(field: "model", model, to: &body)
        form.write(field: "temperature", "0", to: &body)
        form.write(file: "file", name: fileName, recording, to: &body)
        form.end(&body)
        request.body = .bytes(body)
        let response = try await client.execute(request, deadline: .distantFuture)
        let answer = try await response.body.collect(upTo: Self.answerLimit)
        let json = try? JSONParser.parse(answer.readableBytesView)  // A page instead of JSON is shown as it is.
        guard (200..<300).contains(response.status.code) else {
            throw TranscriptionFailure.refused(Self.message(response.status, json, answer))
        }
        guard let text = json?["text"]?.stringValue else {
            throw TranscriptionFailure.refused("The transcription service answered without a text.")
        }
        return text
    }

    /// `<status> <the service's message>`, as the client library of the reference puts it.
    private static func message(_ status: HTTPResponseStatus, _ json: JSONValue?, _ body: ByteBuffer) -> String {
        let error = json?["error"] ?? json
        let text = error?.stringValue ?? error?["message"]?.stringValue
        let shown = text ?? String(decoding: body.readableBytesView.prefix(messageLimit), as: UTF8.self)
        return "\(status.code) \(shown.isEmpty ? "status code (no body)" : shown)"
    }
}
