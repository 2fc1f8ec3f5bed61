import SentenceEmbedding

extension Dependencies {
    /// The embedder of that name, the present one or one that was in use before.
    ///
    /// - Returns: nil when it cannot be asked any more.
    func embedder(named name: String) -> (any SentenceEmbedder)? {
        name == embedder.identifier ? embedder : earlierEmbedder(name)
    }

    /// These with the embedder whose vectors the workspace holds, so that what is added can be found with the others;
    /// while a workspace waits to be embedded anew, that is the earlier one.
    ///
    /// - Throws: ``StorageError``, ``VectorIndexError``.
    func fitting(workspaceId: Int64) throws -> Dependencies {
        guard let name = try indexes.loaded(workspaceId: workspaceId).embedder, let fitting = embedder(named: name)
        else { return self }
        var dependencies = self
        dependencies.embedder = fitting
        return dependencies
    }
}
