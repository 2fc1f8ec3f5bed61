public import OrderedJSON

/// A condition on the metadata of documents.
///
/// A field may have several values (see ``DocumentFields``): a comparison holds when it holds for one of them. Values
/// of different types are never equal and never in order.
public indirect enum MetadataFilter: Sendable, Equatable {
    public enum Order: String, Sendable, CaseIterable {
        case gt, gte, lt, lte
    }

    case all([MetadataFilter])
    case any([MetadataFilter])
    case not(MetadataFilter)
    /// The field has one of the values, each a text, a number or a boolean.
    case isOne(of: [JSONValue], field: String)
    /// The field has a value that stands so to a number or a text; texts are compared by their Unicode scalars.
    case compares(Order, JSONValue, field: String)
    /// The field has a value that is not null.
    case exists(field: String)

    /// The filter as a test of documents of whatever kind.
    ///
    /// - Parameter values: for a field, what gives all values that a document has in it; asked once for each comparison.
    func test<Document>(_ values: (_ field: String) -> (Document) -> [JSONValue]) -> (Document) -> Bool {
        switch self {
        case .all(let filters):
            let tests = filters.map { $0.test(values) }
            return { document in tests.allSatisfy { $0(document) } }
        case .any(let filters):
            let tests = filters.map { $0.test(values) }
            return { document in tests.contains { $0(document) } }
        case .not(let filter):
            let test = filter.test(values)
            return { !test($0) }
        case .isOne(let wanted, let field):
            let values = values(field)
            return { values($0).contains(where: wanted.contains) }
        case .compares(let order, let bound, let field):
            let values = values(field)
            return { document in values(document).contains { order.holds($0, bound) } }
        case .exists(let field):
            let values = values(field)
            return { !values($0).isEmpty }
        }
    }

    /// The names of the fields that it looks at; one may come twice.
    var fields: [String] {
        switch self {
        case .all(let filters), .any(let filters): filters.flatMap(\.fields)
        case .not(let filter): filter.fields
        case .isOne(_, let field), .compares(_, _, let field), .exists(let field): [field]
        }
    }
}

extension MetadataFilter.Order {
    fileprivate func holds(_ value: JSONValue, _ bound: JSONValue) -> Bool {
        switch (value, bound) {
        case (.number(let value), .number(let bound)): holds(value, bound)
        case (.string(let value), .string(let bound)): holds(value, bound)
        default: false
        }
    }

    private func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .gt: value > bound
        case .gte: value >= bound
        case .lt: value < bound
        case .lte: value <= bound
        }
    }
}
