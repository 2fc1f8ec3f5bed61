import Foundation

/// One key for all runs, and the map of hashes from which every nginx of the benchmark knows it.
struct Keys {
    let key: String
    let mapPath: String

    /// Creates the key when there is none yet.
    ///
    /// - Throws: ``BenchmarkFailure`` when `carrel keys create` fails.
    init(_ bench: Workbench) throws {
        let keyPath = bench.path("key")
        mapPath = bench.path("keys.map")
        if let stored = try? String(contentsOfFile: keyPath, encoding: .utf8),  // Unreadable: make another.
            FileManager.default.fileExists(atPath: mapPath)
        {
            key = stored
            return
        }
        let output = try Tool(folder: bench.state.path).run(
            [bench.options.carrel, "keys", "create", "--name", "bench"],
            environment: [
                "STORAGE_DIR": try bench.freshFolder("keys"), "CARREL_NGINX_KEY_MAP": mapPath,
                "CARREL_NGINX_RELOAD": "",
            ])
        guard let created = output.split(separator: "\n").last else {
            throw BenchmarkFailure("carrel keys create printed no key.")
        }
        key = String(created)
        try key.write(toFile: keyPath, atomically: true, encoding: .utf8)
    }
}
