import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL

/// One request on one connection to an address that has been checked.
///
/// Each exchange has a client of its own: no connection outlives the check of its address, and the client can be told
/// to connect to that address while server name and `Host` stay those of the URL. What the client then did is looked
/// at once more before a byte of the request goes out.
struct LinkExchange: Sendable {
    let eventLoops: any EventLoopGroup
    let limits: LinkLimits

    struct Request: Sendable {
        var method: HTTPMethod
        /// Without name, password and fragment.
        var url: WebURL
        var headers: HTTPHeaders
        /// Whether the server must prove who it is; headers of the client may be secrets.
        var verifiesServer: Bool
        /// Bytes of a body, unpacked.
        var sizeLimit: Int
    }

    /// The connection could not be made: another address may do.
    struct Unreachable: Error {
        let cause: any Error
    }

    /// The connection does not lead where the check said.
    private struct WrongAddress: Error {}

    /// - Parameter read: takes what it needs from the answer, whose connection is closed afterwards.
    func send<Result: Sendable>(
        _ request: Request, to address: IPAddress, _ read: @Sendable (HTTPClientResponse) async throws -> Result
    ) async throws -> Result {
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(eventLoops), configuration: configuration(request, address))
        do {
            let result = try await exchange(request, client, read)
            try await client.shutdown()
            return result
        } catch {
            // The first failure is the one that matters.
            try? await client.shutdown()
            throw error
        }
    }

    private func exchange<Result: Sendable>(
        _ request: Request, _ client: HTTPClient, _ read: @Sendable (HTTPClientResponse) async throws -> Result
    ) async throws -> Result {
        var message = HTTPClientRequest(url: request.url.description)
        message.method = request.method
        message.headers = request.headers
        // Two parsers that disagree about the host are how checks are passed by.
        guard URL(string: message.url)?.host() == request.url.hostText.trimmingCharacters(in: Self.brackets) else {
            throw LinkRefusal.invalidURL
        }
        let response: HTTPClientResponse
        do {
            response = try await client.execute(message, deadline: .distantFuture)
        } catch {
            throw Self.isConnecting(error) ? Unreachable(cause: error) : error
        }
        return try await read(response)
    }

    private static let brackets = CharacterSet(charactersIn: "[]")

    /// Whether nothing has been sent yet.
    private static func isConnecting(_ error: any Error) -> Bool {
        if error is IOError || error is NIOSSLError { return true }
        guard let error = error as? HTTPClientError else { return false }
        return error == .connectTimeout || error == .tlsHandshakeTimeout
    }

    private func configuration(_ request: Request, _ address: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            certificateVerification: request.verifiesServer ? .fullVerification : .none,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .nanoseconds(limits.connectTime.nanoseconds)),
            decompression: .enabled(limit: .size(request.sizeLimit)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        if case .domain(let name) = request.url.host { configuration.dnsOverride = [name: address.description] }
        configuration.http1_1ConnectionDebugInitializer = { channel in
            let isChecked = channel.remoteAddress.map { Self.isAddress($0, address) } ?? false
            return isChecked
                ? channel.eventLoop.makeSucceededVoidFuture() : channel.eventLoop.makeFailedFuture(WrongAddress())
        }
        return configuration
    }

    private static func isAddress(_ peer: SocketAddress, _ address: IPAddress) -> Bool {
        guard let text = peer.ipAddress else { return false }
        // 0.0.0.0 is this machine, by whichever address it answers.
        if address == .v4(0) { return text == "127.0.0.1" || text == "0.0.0.0" }
        return (IPAddress.v6(parsing: text) ?? IPAddress.v4(parsing: text)) == address
    }
}

extension Duration {
    /// For limits, which are far below what 64 bits hold.
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
