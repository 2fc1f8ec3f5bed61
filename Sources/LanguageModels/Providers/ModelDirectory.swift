import NIOCore
import NIOHTTP1
import OrderedJSON
import Synchronization

/// What providers have said of their models, kept for a while so that a chat seldom has to wait for it.
///
/// A question is short and never tried again; a provider that does not answer is asked again after half a minute,
/// and its last list stays in force meanwhile.
final class ModelDirectory: Sendable {
    struct Key: Hashable {
        var provider: String
        var base: String
        /// For providers that are asked for one model at a time.
        var model: String?
    }

    private struct Entry {
        /// By id; nil when the provider did not answer.
        var models: [String: ListedModel]?
        /// Seconds since 1 January 1970.
        var readAt: Double
    }

    private static let secondsAfterSilence = 30.0
    /// A model that was not there may be new.
    private static let secondsAfterUnlisted = 60.0
    private static let timeouts: ProviderTimeouts = {
        var timeouts = ProviderTimeouts()
        timeouts.connect = .seconds(3)
        timeouts.overall = .seconds(5)
        return timeouts
    }()

    private let entries = Mutex<[Key: Entry]>([:])

    /// What is known already.
    func known(_ model: String, _ key: Key) -> ModelLookup {
        Self.lookup(model, entries.withLock { $0[key] })
    }

    /// What the provider has said a short time ago; nil when it has to be asked.
    ///
    /// - Parameter now: seconds since 1 January 1970.
    func fresh(_ model: String, _ key: Key, _ listing: ModelListing, now: Double) -> ModelLookup? {
        guard let entry = entries.withLock({ $0[key] }), now - entry.readAt < Self.lifetime(of: entry, model, listing),
            now >= entry.readAt
        else { return nil }
        return Self.lookup(model, entry)
    }

    /// What the provider says now, or has said a short time ago.
    ///
    /// - Throws: `cancelled` only.
    func lookup(
        _ model: String, _ key: Key, _ listing: ModelListing, _ endpoint: ProviderEndpoint
    ) async throws(LanguageModelError) -> ModelLookup {
        let now = endpoint.clock.now()
        if let fresh = fresh(model, key, listing, now: now) { return fresh }
        let models = try await Self.ask(model, listing, endpoint)
        let fresh = entries.withLock { entries in
            let fresh = Entry(models: models ?? entries[key]?.models, readAt: now)
            entries[key] = fresh
            return fresh
        }
        return Self.lookup(model, fresh)
    }

    private static func lookup(_ model: String, _ entry: Entry?) -> ModelLookup {
        guard let models = entry?.models else { return .unavailable }
        return models[model].map { .listed($0) } ?? .unlisted
    }

    private static func lifetime(of entry: Entry, _ model: String, _ listing: ModelListing) -> Double {
        switch lookup(model, entry) {
        case .listed: listing.lifetime
        case .unlisted: min(listing.lifetime, secondsAfterUnlisted)
        case .unavailable: secondsAfterSilence
        }
    }

    /// - Returns: nil when the provider does not answer, or not with a list.
    private static func ask(
        _ model: String, _ listing: ModelListing, _ endpoint: ProviderEndpoint
    ) async throws(LanguageModelError) -> [String: ListedModel]? {
        do throws(LanguageModelError) {
            let models = try await list(model, listing, endpoint.forLists(timeouts, listing))
            return Dictionary(models.map { ($0.id, $0) }) { first, _ in first }
        } catch {
            switch error.code {
            case .cancelled: throw error
            case .upstreamStatus(404) where listing.isForOneModel: return [:]
            default: return nil
            }
        }
    }

    private static func list(
        _ model: String, _ listing: ModelListing, _ endpoint: ProviderEndpoint
    ) async throws(LanguageModelError) -> [ListedModel] {
        switch listing.question {
        case .list(let path, let read), .listAtOrigin(let path, let read):
            let models = read(try await endpoint.get(path))
            // A provider without any model has answered something else.
            if models.isEmpty { throw LanguageModelError(.malformedAnswer, "The provider's list of models is empty.") }
            return models
        case .ollama:
            return [ModelListing.ollama(try await endpoint.json("/api/show", ["model": .string(model)]), model)]
        case .modelAtOrigin(let path, let read):
            return [read(try await endpoint.get(path + PercentEncoding.path(model)), model)]
        }
    }
}

extension ModelListing {
    var isForOneModel: Bool {
        switch question {
        case .ollama, .modelAtOrigin: true
        case .list, .listAtOrigin: false
        }
    }
}

extension ProviderEndpoint {
    /// The same provider for a short question about its models.
    fileprivate func forLists(_ timeouts: ProviderTimeouts, _ listing: ModelListing) -> ProviderEndpoint {
        var endpoint = self
        switch listing.question {
        case .listAtOrigin, .modelAtOrigin: endpoint.base = BaseAddress.origin(of: base)
        case .list, .ollama: break
        }
        if let name = listing.keyHeader, let value = headers.first(name: "Authorization") {
            endpoint.headers.remove(name: "Authorization")
            endpoint.headers.replaceOrAdd(name: name, value: String(value.dropFirst("Bearer ".count)))
        }
        endpoint.timeouts = timeouts
        endpoint.retries.retries = 0
        return endpoint
    }
}
