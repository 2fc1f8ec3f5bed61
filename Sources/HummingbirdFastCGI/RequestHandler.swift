import Hummingbird
import Logging

/// Turns an exchange into a call of a Hummingbird responder, and whatever comes back into a response.
struct RequestHandler<Responder: HTTPResponder>: Sendable
where Responder.Context: RequestContext, Responder.Context.Source: FastCGIContextSource {
    let responder: Responder
    let logger: Logger

    func callAsFunction(_ exchange: Exchange) async {
        let handler = RequestLogHandler(logger, RequestID())
        let logger = Logger(label: logger.label) { _ in handler }
        do {
            let request: Request
            do {
                request = try exchange.readRequest()
            } catch {
                logger.debug("malformed request", metadata: ["fastcgi.error": "\(error)"])
                return try await send(.plainError(.badRequest), on: exchange)
            }
            let response = await respond(to: request, exchange, logger)
            try await send(response, on: exchange)
        } catch {
            await bodyFailed(error, exchange, logger)
        }
    }

    private func respond(to request: Request, _ exchange: Exchange, _ logger: Logger) async -> Response {
        let source = Responder.Context.Source(
            logger: logger, parameters: exchange.parameters, hangUp: FastCGIHangUp(exchange: exchange))
        let context = Responder.Context(source: source)
        do {
            return try await responder.respond(to: request, context: context)
        } catch let error as any HTTPResponseError {
            do {
                return try error.response(from: request, context: context)
            } catch {
                logger.error("an error has no response", metadata: ["error.type": "\(type(of: error))"])
            }
        } catch {
            // The type only: a description may carry a prompt or a key.
            logger.error("unexpected error in a handler", metadata: ["error.type": "\(type(of: error))"])
        }
        return .plainError(.internalServerError)
    }

    private func send(_ response: Response, on exchange: Exchange) async throws {
        let wantsBody = try await exchange.onOwnThread { exchange.begin(response) }
        if wantsBody { try await response.body.write(FastCGIResponseBodyWriter(exchange: exchange)) }
    }

    /// A body that fails before its first byte becomes a 500; afterwards the response just ends.
    private func bodyFailed(_ error: any Error, _ exchange: Exchange, _ logger: Logger) async {
        switch error {
        case FastCGIError.clientDisconnected, is CancellationError:
            logger.debug("the client went away")
        default:
            logger.error("a response body failed", metadata: ["error.type": "\(type(of: error))"])
        }
        do {
            if try await exchange.onOwnThread({ exchange.hasWritten }) { return }
            try await send(.plainError(.internalServerError), on: exchange)
        } catch {
            logger.debug("the client went away before the error")
        }
    }
}
