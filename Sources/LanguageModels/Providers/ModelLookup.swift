/// What a provider says of a model.
enum ModelLookup: Sendable, Equatable {
    case listed(ListedModel)
    /// The provider answered, and does not have it.
    case unlisted
    /// The provider was not asked, or did not answer.
    case unavailable

    var model: ListedModel? {
        if case .listed(let model) = self { model } else { nil }
    }
}
