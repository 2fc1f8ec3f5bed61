import Foundation

/// A TLS server on loopback whose certificate is its own, and which prints what it is sent.
public final class SelfSignedServer: Sendable {
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
                client = context.wrap_socket(connection, server_side=True)
                print(client.recv(4096).decode(), flush=True)
                client.sendall(sys.argv[4].encode())
                client.close()
            except OSError:
                pass
        """

    /// Whether the programs that it is made of are installed.
    public static var hasPrograms: Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return ["openssl", "python3"].allSatisfy { program in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        }
    }

    public let port: Int
    private let files: TemporaryDirectory
    private let process: ProcessServer

    /// - Parameter answer: what each client gets, whatever it has sent.
    public init(answer: String = "") async throws {
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
        process = try ProcessServer("python3", ["-c", Self.program, String(port), certificate, key, answer])
        try await process.ready()
    }

    public var output: String { process.output }

    public func stop() async { await process.stop() }
}
