import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Workspaces

/// `Idempotency-Key` on POST routes: a request that comes again is answered as it was, and changes nothing.
///
/// The same key with another query, media type or body is 422, a key whose first request is still being answered 409, a
/// key that is no key 400. Answers below 500 are kept for a day, streamed ones only when they were sent to their end: a
/// request that failed or was cut off may be tried again. A repeated answer has `Idempotency-Replayed: true`.
struct AnswerRepetitions: RouterMiddleware {
    /// Bytes of the header's value.
    private static let keyLengths = 1...255
    private static let keyField = HTTPField.Name("Idempotency-Key")
    private static let replayedField = HTTPField.Name("Idempotency-Replayed")

    let repetitions: Repetitions
    /// Of the route's refusals.
    let shape: ErrorShape

    func handle(
        _ request: Request, context: APIRequestContext,
        next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let name = Self.keyField, let key = request.headers[name] else {
            return try await next(request, context)
        }
        guard Self.keyLengths.contains(key.utf8.count) else {
            throw APIError(.badRequest, shape, "The Idempotency-Key header must have 1 to 255 bytes.")
        }
        let fingerprint = Self.fingerprint(request)
        let start = try repetitions.begin(
            keyID: context.keyID ?? "", path: request.uri.path, key: key, fingerprint: fingerprint)
        switch start {
        case .running:
            throw APIError(.conflict, shape, "A request with this Idempotency-Key is still being answered.")
        case .answered(let earlier):
            for try await part in request.body { fingerprint.update(part.readableBytesView) }
            guard let answer = earlier.answer(to: fingerprint) else {
                throw APIError(
                    .unprocessableContent, shape,
                    "This Idempotency-Key was used with a request that says another thing.")
            }
            return Self.response(answer)
        case .first(let repetition):
            return try await first(request, context, repetition, next)
        }
    }

    private static func fingerprint(_ request: Request) -> RequestFingerprint {
        let header = HeaderParameters(Array((request.headers[.contentType] ?? "").utf8)[...])
        let isForm = header.value == "multipart/form-data"
        return RequestFingerprint(
            head: [request.uri.query ?? "", isForm ? header.value : request.headers[.contentType] ?? ""],
            boundary: isForm ? header["boundary"] : nil)
    }

    private func first(
        _ request: Request, _ context: APIRequestContext, _ repetition: Repetition,
        _ next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        var (request, context) = (request, context)
        let body = FingerprintedBody(request.body, repetition.fingerprint)
        request.body = RequestBody(asyncSequence: body)
        context.repetition = repetition
        let response: Response
        do {
            response = try await next(request, context)
        } catch let error as APIError {
            response = error.response
        }
        do {
            // What the endpoint did not care to read counts too.
            for try await _ in body {}
        } catch {
            repetition.discard()
        }
        if response.status.code >= 500 { repetition.discard() }
        return try await kept(response, repetition, context.logger)
    }

    /// The response, which is kept before it is sent, or while it is made.
    private func kept(_ response: Response, _ repetition: Repetition, _ logger: Logger) async throws -> Response {
        var response = response
        let body = response.body
        if body.contentLength == nil {
            let head = KeptAnswer(response, body: [])
            response.body = ResponseBody { writer in
                defer { repetition.end() }
                try await body.write(RecordingWriter(writer: writer, repetition: repetition))
                // A stream that was cancelled has been cut off.
                if Task.isCancelled { return }
                var answer = head
                answer.body = repetition.recorded
                Self.keep(answer, repetition, logger)
            }
            return response
        }
        let collected = BodyCollector()
        try await body.write(collected.writer)
        Self.keep(KeptAnswer(response, body: Array(collected.buffer.readableBytesView)), repetition, logger)
        repetition.end()
        response.body = ResponseBody(byteBuffer: collected.buffer)
        return response
    }

    /// What the request changed is done, so the client gets its answer although it cannot be given again.
    private static func keep(_ answer: KeptAnswer, _ repetition: Repetition, _ logger: Logger) {
        do {
            try repetition.keep(answer)
        } catch {
            logger.error("an answer was not kept", metadata: ["error.reason": .string(LogReason.of(error))])
        }
    }

    /// What kept answers have, for their phrases: a status that is made of a number has none.
    private static let statuses: [HTTPResponse.Status] = [
        .ok, .accepted, .noContent, .badRequest, .forbidden, .notFound, .conflict, .contentTooLarge,
        .unsupportedMediaType, .unprocessableContent,
    ]

    private static func response(_ answer: KeptAnswer) -> Response {
        var headers = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { headers.append(HTTPField(name: name, value: header.value)) }
        }
        if let name = replayedField { headers[name] = "true" }
        let status = statuses.first { $0.code == answer.status }
        return Response(
            status: status ?? HTTPResponse.Status(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

extension KeptAnswer {
    /// - Parameter response: whose body, and with it the length in its head, may be another one.
    init(_ response: Response, body: [UInt8]) {
        let headers = response.headers.filter { $0.name != .contentLength }
        self.init(
            status: response.status.code, headers: headers.map { Header(name: $0.name.rawName, value: $0.value) },
            body: body)
    }
}
