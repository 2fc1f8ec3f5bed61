import Foundation
import Glibc

/// A real nginx with the project's own configuration, on free loopback ports, as an ordinary process of the test's user.
///
/// The same script as `make run` starts it (`nginx/serve-local`), so what is tested is what is served. It ends when the
/// last reference goes.
public final class NginxServer: Sendable {
    public enum Scheme: String, Sendable, CaseIterable {
        /// HTTP/1.1 without TLS.
        case http
        /// HTTP/2 over TLS, with the self-signed certificate checked.
        case https
    }

    public let httpPort: UInt16
    public let httpsPort: UInt16
    /// The file of key hashes, `"<hash>" "<id>";` a line; after a change run ``reloadCommand``.
    public let keyMap: String
    private let prefix: TemporaryDirectory

    private static let script = PackageRoot.path("nginx/serve-local")

    /// Starts nginx; when this returns, both ports accept connections.
    ///
    /// - Parameters:
    ///   - backendSocket: path of the unix socket of the FastCGI backend, which need not exist yet.
    ///   - keyMap: path of the file of key hashes, made empty when it is missing; nil means one inside the prefix.
    /// - Throws: ``ProcessFailure/ended(status:output:)`` with nginx's own words.
    public init(backendSocket: String, keyMap: String? = nil, workers: Int = 1) async throws {
        prefix = try TemporaryDirectory()
        self.keyMap = keyMap ?? prefix.file("keys.map")
        var ports = (http: UInt16(0), https: UInt16(0))
        var result = ProcessResult(status: -1, output: "", errors: "")
        for _ in 0..<5 {
            ports = (try FreePort.next(), try FreePort.next())
            result = try await ProcessServer.run(
                Self.script,
                [
                    "-w", "\(workers)", prefix.path, backendSocket, "\(ports.http)", "\(ports.https)", self.keyMap,
                ])
            // Somebody else may have taken a port meanwhile; anything else is not mended by trying again.
            if result.status == 0 || !result.errors.contains("Address already in use") { break }
        }
        (httpPort, httpsPort) = ports
        guard result.status == 0 else { throw ProcessFailure.ended(status: result.status, output: result.errors) }
    }

    deinit {
        // A fast shutdown; the pid file is gone when nginx ended by itself.
        if let text = try? String(contentsOfFile: prefix.file("nginx.pid"), encoding: .utf8),
            let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)), pid > 1
        {
            kill(pid, SIGTERM)
        }
    }

    /// The command that makes nginx read the key map again, for `CARREL_NGINX_RELOAD`.
    public var reloadCommand: String { "\(Self.script) -r \(prefix.path)" }

    /// What nginx has logged so far at level `warn` and above.
    public var errorLog: String {
        String(decoding: FileManager.default.contents(atPath: prefix.file("error.log")) ?? Data(), as: UTF8.self)
    }

    /// The certificate that the TLS port shows, PEM.
    public var certificate: String { prefix.file("localhost.crt") }

    /// `https://127.0.0.1:port` or the like, without a path.
    public func origin(_ scheme: Scheme) -> String {
        "\(scheme)://127.0.0.1:\(scheme == .http ? httpPort : httpsPort)"
    }

    /// Sends one request with curl and returns the whole answer.
    ///
    /// - Parameters:
    ///   - path: sent as it is, with whatever it has of dots, escapes and query.
    ///   - headers: complete lines, `Name: value`; `Name;` sends an empty value.
    ///   - body: nil sends none.
    ///   - uploading: a file to send instead of `body`, read as it is sent.
    /// - Throws: ``ProcessFailure/ended(status:output:)`` with curl's own words when there is no answer.
    public func request(
        _ method: String = "GET", _ path: String, headers: [String] = [], body: String? = nil,
        uploading file: String? = nil, scheme: Scheme = .https
    ) async throws -> NginxResponse {
        let answer = try TemporaryDirectory()
        var arguments = [
            "--silent", "--show-error", "--path-as-is", "--max-time", "120", "--cacert", certificate,
            "--dump-header", answer.file("head"), "--output", answer.file("body"),
        ]
        arguments += method == "HEAD" ? ["--head"] : ["--request", method]
        // No `Expect: 100-continue`: curl would wait a second for a backend that does not answer it.
        for header in headers + ["Expect:"] { arguments += ["--header", header] }
        if let file { arguments += ["--upload-file", file] }
        if let body { arguments += ["--data-binary", "@\(try answer.write(body, to: "request"))"] }
        arguments += [origin(scheme) + path]

        let result = try await ProcessServer.run("curl", arguments)
        func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: answer.file(name)) ?? Data(), as: UTF8.self)
        }
        guard let response = NginxResponse(head: text("head"), body: text("body")) else {
            throw ProcessFailure.ended(status: result.status, output: result.errors)
        }
        return response
    }
}
