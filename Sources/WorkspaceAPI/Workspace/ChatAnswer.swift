import Hummingbird
import Logging
import OrderedJSON
import Workspaces

/// Runs a chat and answers with one object or with a stream of events.
enum ChatAnswer {
    /// Whatever goes wrong inside is a 500 with an abort object that says what (contract/chat.md 4).
    static func sync(
        _ input: ChatInput, _ send: SendChat, _ options: ChatOptions, _ context: APIRequestContext
    ) async throws -> Response {
        do {
            let reply = try await send(input.keeping(options, context.repetition))
            return .json(.ok, options.shown(reply).json)
        } catch let error as ConversationGone {
            throw APIError(.badRequest, .chat, error.description)
        } catch {
            context.logger.error("chat failed", metadata: ["error.reason": .string(LogReason.of(error))])
            throw APIError(.internalServerError, .chat, String(describing: error))
        }
    }

    /// Headers go out while the chat waits for the model; then each event is `data: `, one line of JSON and an empty line.
    static func stream(
        _ input: ChatInput, _ stream: StreamChat, _ options: ChatOptions, _ context: APIRequestContext
    ) -> Response {
        var response = Response(status: .ok, headers: EventFraming.headers)
        let (repetition, stream) = (context.repetition, stream.logging(to: context.logger))
        let input = input.keeping(options, repetition, head: response)
        response.body = ResponseBody { writer in
            if let interval = options.heartbeat {
                let heartbeat = Heartbeat(every: interval, to: writer)
                await heartbeat.run {
                    await stream(input) { try await heartbeat.write(frame($0, options, repetition)) }
                }
            } else {
                await stream(input) { try await writer.write(frame($0, options, repetition)) }
            }
            try await writer.finish(nil)
        }
        return response
    }

    /// - Parameter repetition: learns when the answer will not be whole.
    private static func frame(_ event: ChatEvent, _ options: ChatOptions, _ repetition: Repetition?) -> ByteBuffer {
        if let repetition, event.isFailure { repetition.discard() }
        return frame(options.shown(event).json)
    }

    fileprivate static func frame(_ json: JSONValue) -> ByteBuffer { EventFraming.frame(json.encoded()) }
}

extension ChatInput {
    /// With what keeps its answer for a repetition of the request.
    ///
    /// - Parameter head: of a streamed answer.
    fileprivate func keeping(
        _ options: ChatOptions, _ repetition: Repetition?, head: Response = .json(.ok, .null)
    ) -> ChatInput {
        guard let repetition else { return self }
        var input = self
        input.keeping = ChatKeeping(repetition) { outcome in
            switch outcome {
            case .reply(let reply): KeptAnswer(head, body: options.shown(reply).json.encoded())
            case .event(let event):
                KeptAnswer(
                    head,
                    body: repetition.recorded + ChatAnswer.frame(options.shown(event).json).readableBytesView)
            }
        }
        return input
    }
}

extension ChatEvent {
    /// Whether it tells that the answer is not whole.
    fileprivate var isFailure: Bool {
        switch self {
        case .interrupted, .brokenLast, .failed: true
        case .chunk, .last, .final, .finalEmpty, .oneShot, .refusal, .reset: false
        case .agentThought, .agentChunk, .agentUsage, .agentText, .agentFinal: false
        }
    }
}
