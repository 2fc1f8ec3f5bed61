public import ProviderHTTP

/// An embedder behind a network, as a row of ``EmbedderTable`` describes it.
///
/// Settings are read by name at each call, so a changed setting acts at once. A busy service is asked again within
/// `EMBEDDING_RETRY_BUDGET_MS`; one failing batch fails the call. Neither texts nor keys get into messages.
/// Source: contract/vectors.md 5.5, contract/providers.md 4.
public struct RemoteEmbedder: SentenceEmbedder {
    /// Where waiting and the time of day come from, so that tests need neither.
    struct Clock: Sendable {
        /// Seconds since 1 January 1970.
        var now: @Sendable () -> Double
        /// Returns after so many seconds; throws when the task is cancelled.
        var sleep: @Sendable (Double) async throws -> Void
    }

    let row: EmbedderRow
    let settings: RemoteEmbedderSettings
    let client: ProviderClient
    let clock: Clock
    /// What stands in the place of the settings: an embedder that a change of settings left behind.
    private let fixedModel: String?
    private let fixedDimensions: Int?

    /// - Parameters:
    ///   - id: a row of ``EmbedderTable``.
    ///   - setting: the value of an instance setting; nil or empty when unset.
    ///   - httpClient: shared by all calls.
    /// - Returns: nil for an unknown id.
    public init?(id: String, setting: @escaping @Sendable (String) -> String?, httpClient: ProviderClient) {
        guard let row = EmbedderTable.row(id) else { return nil }
        self.init(row, setting: setting, httpClient: httpClient)
    }

    /// The embedder of that identifier with the present settings for its address and key.
    ///
    /// - Returns: nil when no row has that name, or what it needs is not set.
    public init?(identifier: String, setting: @escaping @Sendable (String) -> String?, httpClient: ProviderClient) {
        guard let slash = identifier.firstIndex(of: "/"), let row = EmbedderTable.row(String(identifier[..<slash]))
        else { return nil }
        var model = identifier[identifier.index(after: slash)...]
        var dimensions: Int?
        if row.sendsDimensions, let at = model.lastIndex(of: "@"), let number = Int(model[model.index(after: at)...]) {
            dimensions = number
            model = model[..<at]
        }
        self.init(row, setting: setting, httpClient: httpClient, model: String(model), dimensions: dimensions)
        guard (try? base()) != nil, (try? headers()) != nil else { return nil }  // Then it cannot be asked.
    }

    init(
        _ row: EmbedderRow, setting: @escaping @Sendable (String) -> String?, httpClient: ProviderClient,
        clock: Clock = .system, model: String? = nil, dimensions: Int? = nil
    ) {
        self.row = row
        settings = RemoteEmbedderSettings(setting)
        client = httpClient
        self.clock = clock
        fixedModel = model
        fixedDimensions = dimensions
    }

    public var identifier: String {
        let name = fixedModel ?? settings["EMBEDDING_MODEL_PREF"] ?? standardModel ?? ""
        return "\(row.id)/\(name)" + (dimensions.map { "@\($0)" } ?? "")
    }

    public var maximumChunkLength: Int {
        switch row.length {
        case .fixed(let length): return length
        case .setting(let standard): return settings.integer("EMBEDDING_MODEL_MAX_CHUNK_LENGTH", above: 1) ?? standard
        case .byModel(let lengths, let standard):
            let name = model ?? ""
            return lengths.first { name.hasPrefix($0.prefix) }?.length ?? standard
        }
    }

    public var passagePrefix: String { row.passagePrefixSetting.flatMap { settings[$0] } ?? "" }

    private var queryPrefix: String { row.queryPrefixSetting.flatMap { settings[$0] } ?? "" }

    private var standardModel: String? {
        if case .standard(let name) = row.model { return name }
        return nil
    }

    /// Nil where JSON `null` is sent, or none is set.
    var model: String? {
        let name = fixedModel ?? settings["EMBEDDING_MODEL_PREF"] ?? standardModel
        return name?.isEmpty == true ? nil : name
    }

    /// The length of vectors that is asked for.
    var dimensions: Int? {
        guard row.sendsDimensions else { return nil }
        if fixedModel != nil { return fixedDimensions }
        return settings.integer("EMBEDDING_OUTPUT_DIMENSIONS", above: 0)
    }

    public func embed(query: String) async throws(EmbeddingError) -> [Float] {
        let batch = [queryPrefix + query]
        guard let vector = try await embed(batch: batch[...], isBulk: false).first else {
            throw failure("the server answered without a vector.")
        }
        return vector
    }

    public func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        try await embed(passages: passages) { _ in }
    }

    public func embed(
        passages: [String], progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]] {
        let size = max(1, batchSize(of: passages))
        let batches = stride(from: 0, to: passages.count, by: size).map {
            passages[$0..<min($0 + size, passages.count)]
        }
        let vectors =
            row.concurrency > 1 && batches.count > 1
            ? try await together(batches, progress) : try await inOrder(batches, progress)
        let dimensions = vectors.first?.count
        if let other = vectors.first(where: { $0.count != dimensions }) {
            throw EmbeddingError(
                .dimensionMismatch,
                message("vectors of \(dimensions ?? 0) and of \(other.count) dimensions."))
        }
        return vectors
    }

    private func batchSize(of passages: [String]) -> Int {
        switch row.batch {
        case .fixed(let size): size
        case .setting(let name, let standard): settings.integer(name, above: 0) ?? standard
        case .everything: passages.count
        }
    }

    private func inOrder(
        _ batches: [ArraySlice<String>], _ progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]] {
        let delay = row.delaySetting.flatMap { settings.integer($0, above: 0) }
        var vectors: [[Float]] = []
        for (number, batch) in batches.enumerated() {
            if number > 0, let delay { try await wait(Double(max(500, delay)) / 1000) }
            vectors += try await embed(batch: batch, isBulk: true)
            progress(vectors.count)
        }
        return vectors
    }

    private struct Outcome: Sendable {
        var number: Int
        var result: Result<[[Float]], EmbeddingError>
    }

    /// A few batches at once. Where several fail, their messages are joined, each once.
    private func together(
        _ batches: [ArraySlice<String>], _ progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]] {
        var results: [Result<[[Float]], EmbeddingError>?] = Array(repeating: nil, count: batches.count)
        await withTaskGroup(of: Outcome.self) { group in
            var (next, done, hasFailed) = (0, 0, false)
            while next < min(row.concurrency, batches.count) {
                group.addTask { [next] in await outcome(of: batches[next], next) }
                next += 1
            }
            while let outcome = await group.next() {
                results[outcome.number] = outcome.result
                guard case .success(let vectors) = outcome.result else {
                    hasFailed = true
                    continue
                }
                done += vectors.count
                progress(done)
                // After a failure nothing more is begun: the call has failed.
                if hasFailed || next >= batches.count { continue }
                group.addTask { [next] in await self.outcome(of: batches[next], next) }
                next += 1
            }
        }
        if let error = Self.joined(results.compactMap { $0 }, prefix: message("")) { throw error }
        var vectors: [[Float]] = []
        for result in results { vectors += try result?.get() ?? [] }
        return vectors
    }

    /// A function of its own: Swift 6.3.1 makes a wrong pair of a number and a typed error inside a task's closure.
    private func outcome(of batch: ArraySlice<String>, _ number: Int) async -> Outcome {
        do throws(EmbeddingError) {
            return Outcome(number: number, result: .success(try await embed(batch: batch, isBulk: true)))
        } catch {
            return Outcome(number: number, result: .failure(error))
        }
    }

    private static func joined(
        _ results: [Result<[[Float]], EmbeddingError>], prefix: String
    ) -> EmbeddingError? {
        let errors = results.compactMap { result -> EmbeddingError? in
            if case .failure(let error) = result { return error }
            return nil
        }
        guard var joined = errors.first else { return nil }
        for error in errors.dropFirst() where !joined.message.contains(error.message.trimming(prefix)) {
            joined.message += ", " + error.message.trimming(prefix)
        }
        return joined
    }

    func wait(_ seconds: Double) async throws(EmbeddingError) {
        do {
            try await clock.sleep(seconds)
        } catch {
            throw EmbeddingError(.cancelled, "The embedding was cancelled.", cause: error)
        }
    }

    func message(_ text: String) -> String { "\(row.label) Failed to embed: " + text }

    func failure(_ text: String, cause: (any Error)? = nil) -> EmbeddingError {
        EmbeddingError(.upstream, message(text), cause: cause)
    }
}

extension String {
    /// Without that beginning.
    fileprivate func trimming(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
