import DescriptorWaiting
import NIOCore
import NIOHTTP1
import OrderedJSON
import ProviderHTTP

/// A service that speaks OpenAI's `POST /audio/transcriptions`.
struct OpenAITranscriber: AudioTranscriber {
    let client: ProviderClient
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
            let deadline = MonotonicClock.now(adding: timeLimit)
            let exchange = try HTTPExchange(call(recording, fileName), with: client)
            let head = try await exchange.head(until: deadline)
            let answer = try await exchange.body(limit: Self.answerLimit, until: deadline)
            return try Self.text(head.status, answer ?? ByteBuffer())
        } catch let failure as HTTPFailure {
            switch failure {
            case .timedOut: throw TranscriptionFailure.tooSlow(seconds: Int(timeLimit.components.seconds))
            case .cancelled: throw CancellationError()
            case .unreachable, .interrupted: throw TranscriptionFailure.unreachable
            }
        }
    }

    private func call(_ recording: [UInt8], _ fileName: String) -> HTTPCall {
        let form = MultipartForm()
        var body = ByteBuffer()
        form.write(field: "model", model, to: &body)
        form.write(field: "temperature", "0", to: &body)
        form.write(file: "file", name: fileName, recording, to: &body)
        form.end(&body)
        var call = HTTPCall(
            url: String(base.reversed().drop { $0 == "/" }.reversed()) + "/audio/transcriptions",
            headers: ["Content-Type": form.contentType, "Accept": "application/json"],
            body: Array(body.readableBytesView))
        if let key { call.headers.add(name: "Authorization", value: "Bearer " + key) }
        return call
    }

    private static func text(_ status: HTTPResponseStatus, _ answer: ByteBuffer) throws -> String {
        let json = try? JSONParser.parse(answer.readableBytesView)  // A page instead of JSON is shown as it is.
        guard (200..<300).contains(status.code) else {
            throw TranscriptionFailure.refused(message(status, json, answer))
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
