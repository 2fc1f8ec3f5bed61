import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OrderedJSON
import Workspaces

/// Runs a chat and answers with one object or with a stream of events.
enum ChatAnswer {
    /// Whatever goes wrong inside is a 500 with an abort object that says what (contract/chat.md 4).
    static func sync(_ input: ChatInput, _ send: SendChat, _ logger: Logger) async throws -> Response {
        do {
            return .json(.ok, try await send(input).json)
        } catch let error as ConversationGone {
            throw APIError(.badRequest, .chat, error.description)
        } catch {
            logger.error("chat failed", metadata: ["error.reason": .string(LogReason.of(error))])
            throw APIError(.internalServerError, .chat, String(describing: error))
        }
    }

    /// Headers go out while the chat waits for the model; then each event is `data: `, one line of JSON and an empty line.
    static func stream(_ input: ChatInput, _ stream: StreamChat) -> Response {
        Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                await stream(input) { event in try await writer.write(frame(event.json)) }
                try await writer.finish(nil)
            })
    }

    /// `X-Accel-Buffering` tells nginx not to buffer, in case its configuration does not.
    private static var headers: HTTPFields {
        var headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-cache", .accessControlAllowOrigin: "*",
        ]
        if let buffering = HTTPField.Name("X-Accel-Buffering") { headers[buffering] = "no" }
        return headers
    }

    private static func frame(_ json: JSONValue) -> ByteBuffer {
        var buffer = ByteBuffer(string: "data: ")
        buffer.writeBytes(json.encoded())
        buffer.writeString("\n\n")
        return buffer
    }
}
