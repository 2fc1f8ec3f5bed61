public import HTTPTypes
public import Hummingbird

/// What can go wrong between a FastCGI socket and a Hummingbird responder; each case says what to do.
public enum FastCGIError: Error, Sendable, Equatable {
    /// libfcgi could not be initialised; `code` is what `FCGX_Init` returned.
    case libraryUnavailable(code: Int32)
    /// A configuration value breaks its rule.
    case invalidConfiguration(setting: String, value: String, rule: String)
    /// TCP is refused outside the loopback interface: FastCGI has neither authentication nor encryption.
    case notLoopback(host: String)
    /// Another process answers on this socket.
    case addressInUse(address: String)
    /// The path names something that is not a socket, and it is not ours to delete.
    case notASocket(path: String)
    /// No such group in the system's group database.
    case unknownGroup(name: String)
    /// `.inherited` was asked for, but the environment passes no listening socket.
    case noInheritedSocket(reason: String)
    /// A system call failed; `code` is its `errno`.
    case system(call: String, code: Int32)
    /// The client went away, or the drain deadline closed its connection.
    case clientDisconnected
    /// The request's parameters cannot be read as an HTTP request.
    case malformedRequest(reason: String)
    /// The body has fewer or more bytes than `CONTENT_LENGTH` says.
    case bodyLengthMismatch(declared: Int)
    /// A body or a writer was used after its request had been answered.
    case requestEnded
}

extension FastCGIError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .libraryUnavailable(let code):
            "libfcgi cannot be initialised (FCGX_Init returned \(code)); check the installed libfcgi"
        case .invalidConfiguration(let setting, let value, let rule):
            "\(setting) is \(value), but must be \(rule)"
        case .notLoopback(let host):
            "refusing to listen on \(host): FastCGI has no access control; use 127.0.0.1, ::1 or a unix socket"
        case .addressInUse(let address):
            "another process answers on \(address); stop it or choose another address"
        case .notASocket(let path):
            "\(path) exists and is not a socket; remove it or choose another path"
        case .unknownGroup(let name):
            "there is no group named \(name); create it or choose another one for the socket"
        case .noInheritedSocket(let reason):
            "no listening socket was inherited (\(reason)); start through the systemd socket unit or set an address"
        case .system(let call, let code):
            "\(call) failed: \(System.message(for: code))"
        case .clientDisconnected:
            "the client closed the connection"
        case .malformedRequest(let reason):
            "the FastCGI parameters are not an HTTP request: \(reason)"
        case .bodyLengthMismatch(let declared):
            "the request body does not have the \(declared) bytes that CONTENT_LENGTH declares"
        case .requestEnded:
            "the request has been answered; its body and writer can no longer be used"
        }
    }
}

/// A body that breaks its own length is the client's fault; every other case is a plain 500.
extension FastCGIError: HTTPResponseError {
    public var status: HTTPResponse.Status {
        switch self {
        case .bodyLengthMismatch, .clientDisconnected, .malformedRequest: .badRequest
        default: .internalServerError
        }
    }

    public func response(from request: Request, context: some RequestContext) throws -> Response {
        .plainError(status)
    }
}
