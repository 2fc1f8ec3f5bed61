import Foundation
import TestSupport

/// A TLS server on loopback whose certificate is its own, and which prints what it is sent.
final class SelfSignedServer: Sendable {
    private static let program = """
        import os, socket, ssl, sys
        server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
        while True:
            connection, _ = server.accept()
            try:
                print(context.wrap_socket(connection, server_side=True).recv(4096).decode(), flush=True)
            except OSError:
                pass
        """

    /// Whether the programs that it is made of are installed.
    static var hasPrograms: Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return ["openssl", "python3"].allSatisfy { program in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        }
    }

    let port: Int
    private let files: TemporaryDirectory
    private let process: ProcessServer

    init() async throws {
        port = Int(try FreePort.next())
        files = try TemporaryDirectory()
        let (key, certificate) = (files.file("key.pem"), files.file("certificate.pem"))
        _ = try await ProcessServer.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ])
        process = try ProcessServer("python3", ["-c", Self.program, String(port), certificate, key])
        try await process.ready()
    }

    var output: String { process.output }

    func stop() async { await process.stop() }
}
