import DescriptorWaiting
import Foundation
import HummingbirdFastCGI
import LanguageModels
import Logging
import ProviderHTTP
import SentenceEmbedding
import ServiceLifecycle
import Storage
import TokenCounting
import UnixSignals
import WorkspaceAPI
import Workspaces

/// Puts the server together from its settings and runs it.
struct ServerAssembly {
    let settings: Settings

    func run() async throws {
        let logger = makeLogger()
        // What the server stores is for nobody else, also in a folder that others can look into.
        umask(0o077)
        let directory = URL(filePath: settings.text("STORAGE_DIR"), directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Held until the server has stopped.
        let lock = try StorageLock(directory: directory)
        let database = try CarrelDatabase(directory: directory)
        DescriptorWait.prepare()
        let client = ProviderClient()
        let result: Result<Void, any Error>
        do {
            result = .success(try await serve(database, client, logger))
        } catch {
            result = .failure(error)
        }
        client.shutDown()
        withExtendedLifetime(lock) {}
        try result.get()
    }

    private func serve(_ database: CarrelDatabase, _ client: ProviderClient, _ logger: Logger) async throws {
        let lookUp: @Sendable (String) -> String? = { [settings] in settings[$0] }
        let knowledge = ModelKnowledge(settings: settings)
        let tokens = knowledge.counters(logger)
        let earlier = EarlierEmbedders(EmbedderSelection(settings: settings), client: client)
        let dependencies = Dependencies(
            database: database, embedder: try EmbedderSelection(settings: settings).embedder(client),
            models: LanguageModelCatalog(setting: lookUp, httpClient: client, prices: knowledge.prices(logger)),
            tokens: tokens.standard, modelTokens: tokens,
            settings: InstanceSettings { [settings] in settings.given($0) },
            conversion: ConversionSelection(settings: settings).tools(client, logger), logger: logger,
            indexStorage: indexStorage, reranker: try RerankerSelection(settings: settings).reranker(client),
            earlierEmbedder: { earlier.embedder($0) })
        // Whatever ends the server: the next start finds the indexes as they are now.
        defer { dependencies.indexes.flush() }
        try Repetitions(dependencies).removeExpired()
        let notifier = SystemdNotifier(environment: ProcessInfo.processInfo.environment)
        let server = FastCGIServer(
            responder: Routes.responder(dependencies), configuration: pool(logger),
            onListening: { _ in notifier.notify("READY=1") })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: notifier),
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(
                        service: ReembeddingService(reembed: ReembedWorkspaces(dependencies), logger: logger),
                        successTerminationBehavior: .ignore),
                    // The last is told first to stop: streams about jobs end, and the server need not wait for them.
                    .init(
                        service: JobService(JobRunner(dependencies, workers: settings.integer("CARREL_JOB_WORKERS")))),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch FastCGIError.unknownGroup(let name) {
            throw SettingError(key: "CARREL_SOCKET_GROUP", value: name, rule: "the name of a group of this system")
        }
    }

    private var indexStorage: IndexStorage {
        let folder = URL(filePath: settings.text("STORAGE_DIR"), directoryHint: .isDirectory)
        return IndexStorage(
            folder: folder.appending(path: "index"),
            memoryBudget: settings["CARREL_INDEX_MEMORY_MB"].flatMap { Int($0) }.map { $0 << 20 })
    }

    private func makeLogger() -> Logger {
        let level = Logger.Level(rawValue: settings.text("CARREL_LOG_LEVEL")) ?? .info
        var logger = Logger(label: "carrel") { StreamLogHandler(label: $0, stream: LogLines()) }
        logger.logLevel = level
        return logger
    }

    private func pool(_ logger: Logger) -> FastCGIServerConfiguration {
        var pool = FastCGIServerConfiguration(address: address, logger: logger)
        pool.minThreads = settings.integer("CARREL_MIN_THREADS")
        pool.maxThreads = settings.integer("CARREL_MAX_THREADS")
        pool.maxThreadsName = "CARREL_MAX_THREADS"
        pool.idleTimeout = .seconds(settings.integer("CARREL_IDLE_SECONDS"))
        pool.drainTimeout = .seconds(settings.integer("CARREL_DRAIN_SECONDS"))
        return pool
    }

    private var address: FastCGIListenAddress {
        if ProcessInfo.processInfo.environment["LISTEN_FDS"] != nil { return .inherited }
        switch ListenAddress.parse(settings.text("CARREL_LISTEN")) {
        case .unix(let path):
            return .unixSocket(
                path: path, mode: UInt32(settings.text("CARREL_SOCKET_MODE"), radix: 8) ?? 0o660,
                group: settings["CARREL_SOCKET_GROUP"])
        case .tcp(let host, let port): return .tcp(host: host, port: port)
        case .systemd, nil: return .inherited
        }
    }
}
