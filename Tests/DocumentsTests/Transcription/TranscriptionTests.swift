import ProviderHTTP
import Foundation
import TestSupport
import Testing

@testable import Documents

@Suite("Transcription of recordings")
struct TranscriptionTests {
    private static func transcript(_ settings: [String: String], name: String = "talk.mp3") async throws -> String {
        let transcriber = Transcription.transcriber(setting: { settings[$0] }, httpClient: ProviderClient())
        return try await transcriber.transcript(of: [1, 0, 255], fileName: name)
    }

    /// Settings and what is missing (contract/documents.md 9.5).
    static let missing: [([String: String], TranscriptionFailure)] = [
        ([:], .notConfigured), (["WHISPER_PROVIDER": "local"], .notConfigured),
        (["WHISPER_PROVIDER": ""], .notConfigured),
        (["WHISPER_PROVIDER": "whatever"], .notConfigured), (["WHISPER_PROVIDER": "openai"], .noKey),
        (["WHISPER_PROVIDER": "openai", "OPEN_AI_KEY": ""], .noKey),
        (["WHISPER_PROVIDER": "generic-openai"], .noAddress),
    ]

    @Test("without a service, the refusal says what to set", arguments: missing)
    func refuse(settings: [String: String], failure: TranscriptionFailure) async {
        await #expect(throws: failure) { try await Self.transcript(settings) }
        #expect(TranscriptionFailure.notConfigured.description.contains("WHISPER_PROVIDER"))
        #expect(TranscriptionFailure.noKey.description == "A processing error occurred.")
    }

    @Test("a service gets the file with model and temperature, and its text is the transcript")
    func ask() async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"text":"High water at noon."}"#))
        defer { server.stop() }
        let text = try await Self.transcript(
            [
                "WHISPER_PROVIDER": "generic-openai", "WHISPER_GENERIC_OPEN_AI_BASE_URL": server.base + "/",
                "WHISPER_GENERIC_OPEN_AI_API_KEY": "k", "WHISPER_GENERIC_OPEN_AI_MODEL": "large",
            ], name: "a\"b.mp3")
        #expect(text == "High water at noon.")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/audio/transcriptions")
        #expect(request.headers["authorization"] == "Bearer k")
        let type = try #require(request.headers["content-type"])
        let boundary = try #require(type.split(separator: "=").last)
        let parts = request.text.components(separatedBy: "--" + boundary)
        try #require(parts.count == 5)
        #expect(parts[1] == "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nlarge\r\n")
        #expect(parts[2] == "\r\nContent-Disposition: form-data; name=\"temperature\"\r\n\r\n0\r\n")
        #expect(parts[3].contains("name=\"file\"; filename=\"a%22b.mp3\"\r\n"))
        #expect(request.body.firstRange(of: [13, 10, 13, 10, 1, 0, 255, 13, 10]) != nil)
    }

    @Test("without a key none is sent, and the model is whisper-small")
    func defaults() async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"text":""}"#))
        defer { server.stop() }
        let settings = ["WHISPER_PROVIDER": "generic-openai", "WHISPER_GENERIC_OPEN_AI_BASE_URL": server.base]
        #expect(try await Self.transcript(settings) == "")
        #expect(server.requests.first?.headers["authorization"] == nil)
        #expect(server.requests.first?.text.contains("\r\n\r\nwhisper-small\r\n") == true)
    }

    /// Status, body, and the refusal.
    static let failures: [(Int, String, String)] = [
        (401, #"{"error":{"message":"Bad key."}}"#, "401 Bad key."), (500, "oops", "500 oops"),
        (503, "", "503 status code (no body)"), (413, #"{"error":"too large"}"#, "413 too large"),
        (200, "<p>", "The transcription service answered without a text."),
        (200, "{}", "The transcription service answered without a text."),
    ]

    @Test("what a service refuses is told in its words", arguments: failures)
    func refused(status: Int, body: String, message: String) async throws {
        let server = try ScriptedHTTPServer(.answer(status: status, body: body))
        defer { server.stop() }
        let settings = ["WHISPER_PROVIDER": "generic-openai", "WHISPER_GENERIC_OPEN_AI_BASE_URL": server.base]
        await #expect(throws: TranscriptionFailure.refused(message)) { try await Self.transcript(settings) }
    }

    @Test("a service that is not there, hangs up or says nothing is no text")
    func gone() async throws {
        let free = try FreePort.next()
        let (silent, cut) = (try ScriptedHTTPServer([.stall]), try ScriptedHTTPServer([.close]))
        let client = ProviderClient()
        let services: [(String, TranscriptionFailure)] = [
            ("http://127.0.0.1:\(free)", .unreachable), (cut.base, .unreachable), (silent.base, .tooSlow(seconds: 0)),
        ]
        for (base, failure) in services {
            let service = OpenAITranscriber(
                client: client, base: base, key: nil, model: "m",
                timeLimit: base == silent.base ? .milliseconds(50) : .seconds(600))
            await #expect(throws: failure) { try await service.transcript(of: [], fileName: "a.mp3") }
        }
        silent.stop()
        cut.stop()
        client.shutDown()
    }
}
