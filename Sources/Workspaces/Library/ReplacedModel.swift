import Logging
import SentenceEmbedding
import Storage

/// A model that was replaced behind an embedder's back: the name is the same, the vectors have other dimensions.
///
/// One such answer throws nothing away, because it may come from one of several servers: the call fails, with what to do,
/// and it is remembered. At the next start, when somebody has looked, the embedder is asked again, and what its model
/// made before is embedded anew (``ReembedWorkspaces``).
struct ReplacedModel: Sendable {
    /// Label of the setting that names the embedder.
    private static let label = "embedder_with_other_dimensions"

    let dependencies: Dependencies

    /// Remembers that vectors of an embedder do not fit to those that it made before.
    ///
    /// - Returns: what to throw.
    func noted(_ embedder: String, stored: Int, found: Int) throws -> EmbeddingError {
        if embedder == dependencies.embedder.identifier, try remembered() != embedder {
            try dependencies.database.write { try $0.setSetting(Self.label, to: embedder) }
            dependencies.logger.warning(
                "an embedder makes vectors of other dimensions than before",
                metadata: [
                    "embedder.name": .string(embedder), "dimensions.stored": "\(stored)",
                    "dimensions.found": "\(found)",
                ])
        }
        return EmbeddingError(
            .dimensionMismatch,
            "\(embedder) makes vectors of \(found) dimensions; those that are stored have \(stored). If its model was replaced, restart the server: everything is then embedded anew."
        )
    }

    /// Gives what the earlier model made a name of its own, if the embedder still makes vectors of other dimensions.
    ///
    /// - Throws: ``EmbeddingError`` when it cannot be asked; ``StorageError``.
    func retire() async throws {
        let embedder = dependencies.embedder.identifier
        guard try remembered() == embedder else { return }
        let dimensions = try await dependencies.embedder.embed(query: "dimensions").count
        let indexes = dependencies.indexes
        try dependencies.database.write { transaction in
            let workspaces = try transaction.renameEmbedder(
                embedder, to: "replaced/" + embedder, exceptDimensions: dimensions)
            try transaction.setSetting(Self.label, to: nil)
            transaction.afterCommit { for workspaceId in workspaces { indexes.reload(workspaceId: workspaceId) } }
        }
    }

    private func remembered() throws -> String? { try dependencies.database.read { try $0.setting(Self.label) } }
}
