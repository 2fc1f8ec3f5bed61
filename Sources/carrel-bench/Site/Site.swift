import Foundation

/// A FastCGI backend behind an nginx of its own, which is configured as that of every other site: `nginx/serve-local`
/// with the key check, the locations and the keep-alive of production.
struct Site {
    let backend: ChildProcess
    let port: UInt16
    let api: APIClient
    private let command: [String]
    private let environment: [String: String]
    private let log: String

    /// Starts Carrel behind nginx.
    ///
    /// - Parameter settings: added to those that every instance needs.
    /// - Throws: ``BenchmarkFailure`` when it does not answer within half a minute.
    static func carrel(
        _ bench: Workbench, name: String, storage: String, settings: [String: String] = [:]
    ) throws -> Site {
        let socket = bench.path("\(name).sock")
        let environment = [
            "STORAGE_DIR": storage, "CARREL_MODEL_DIR": URL(filePath: bench.options.model).path,
            "CARREL_LISTEN": "unix:\(socket)", "CARREL_NGINX_KEY_MAP": bench.path("keys.map"),
            "CARREL_LOG_LEVEL": "warning",
        ]
        return try Site(
            bench, name: name, socket: socket, command: [bench.options.carrel, "serve"],
            environment: environment.merging(settings) { $1 })
    }

    /// Starts the C program that answers everything with the bytes of a file.
    static func echo(_ bench: Workbench, name: String, answering file: String) throws -> Site {
        let socket = freshSocket(bench, name)
        // nginx keeps 16 idle connections for each worker, and each occupies a thread.
        let threads = 64 + 16 * ProcessInfo.processInfo.activeProcessorCount
        return try Site(
            bench, name: name, socket: socket, command: [bench.options.echo, socket, String(threads), file],
            environment: [:])
    }

    /// Starts the C program that does the least for a chat.
    ///
    /// - Parameter vectors: rows of ``ClusteredVectors/dimensions`` f32.
    static func chat(_ bench: Workbench, provider: UInt16, database: String, vectors: String) throws -> Site {
        let socket = freshSocket(bench, "chat")
        // One client at a time, but each worker of nginx keeps a connection, and that occupies a thread.
        let threads = 4 + ProcessInfo.processInfo.activeProcessorCount
        return try Site(
            bench, name: "chat", socket: socket,
            command: [bench.options.chat, socket, String(threads), String(provider), database, vectors],
            environment: [:])
    }

    /// libfcgi does not remove the socket of an earlier run.
    private static func freshSocket(_ bench: Workbench, _ name: String) -> String {
        let path = bench.path("\(name).sock")
        unlink(path)
        return path
    }

    private init(
        _ bench: Workbench, name: String, socket: String, command: [String], environment: [String: String]
    ) throws {
        let keys = try Keys(bench)
        let tool = Tool(folder: bench.state.path)
        let prefix = bench.path("nginx-\(name)")
        let stop = ["nginx/serve-local", "-q", prefix]
        // Left by a run that was killed.
        if FileManager.default.fileExists(atPath: "\(prefix)/nginx.pid") { _ = try? tool.run(stop) }

        log = bench.path("\(name).log")
        (self.command, self.environment) = (command, environment)
        let backend = try ChildProcess(command, environment: environment, log: log)
        bench.cleanup.add { backend.stop() }
        port = try LocalPort.free()
        try tool.run(["nginx/serve-local", prefix, socket, String(port), String(try LocalPort.free()), keys.mapPath])
        bench.cleanup.add { _ = try? tool.run(stop) }  // It has stopped by itself.
        self.backend = backend
        api = APIClient(port: port, key: keys.key, folder: bench.state.path)
        try awaitAnswer()
    }

    /// Starts the backend again after it was stopped; nginx goes on. The caller stops it.
    func anotherBackend() throws -> ChildProcess {
        try ChildProcess(command, environment: environment, log: log)
    }

    private func awaitAnswer() throws {
        for _ in 0..<300 {
            try backend.requireRunning()
            if let answer = try? api.send("GET", "/api/ping"), answer.status == 200 { return }  // Not yet.
            usleep(100_000)
        }
        throw BenchmarkFailure("\(backend.name) does not answer behind nginx.")
    }
}
