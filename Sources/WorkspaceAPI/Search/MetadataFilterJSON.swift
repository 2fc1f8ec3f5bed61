import OrderedJSON
import Workspaces

/// Reads a filter from JSON: `{"author":{"eq":"Legal"},"year":{"gte":2020,"lt":2024}}`, several fields and several
/// operators of one field meaning "and"; `{"and":[…]}`, `{"or":[…]}` and `{"not":…}` around such objects.
enum MetadataFilterJSON {
    /// `and`, `or` and `not` inside each other.
    private static let depthLimit = 8
    /// Comparisons, and values of `in`, in one filter.
    private static let sizeLimit = 1000
    /// Bytes of a field's name or of a text that is compared.
    private static let lengthLimit = 4096

    /// - Throws: ``APIError`` 400 that says where the filter is wrong.
    static func filter(_ value: JSONValue) throws -> MetadataFilter {
        var reader = Reader()
        return try reader.filter(value, depth: 1)
    }

    private struct Reader {
        var size = 0

        mutating func filter(_ value: JSONValue, depth: Int) throws -> MetadataFilter {
            guard depth <= MetadataFilterJSON.depthLimit else {
                throw refusal("it is nested more than \(MetadataFilterJSON.depthLimit) deep")
            }
            guard let object = value.objectValue else { throw refusal("a condition must be an object") }
            guard !object.isEmpty else { throw refusal("a condition has no field") }
            var conditions: [MetadataFilter] = []
            for member in object {
                switch member.key {
                case "and": conditions.append(.all(try list(member.value, "and", depth)))
                case "or": conditions.append(.any(try list(member.value, "or", depth)))
                case "not": conditions.append(.not(try filter(member.value, depth: depth + 1)))
                default: conditions += try comparisons(member.value, of: member.key)
                }
            }
            return conditions.count == 1 ? conditions[0] : .all(conditions)
        }

        private mutating func list(_ value: JSONValue, _ key: String, _ depth: Int) throws -> [MetadataFilter] {
            guard let elements = value.arrayValue, !elements.isEmpty else {
                throw refusal("\(key) must be a list of conditions that is not empty")
            }
            var filters: [MetadataFilter] = []
            for element in elements { filters.append(try filter(element, depth: depth + 1)) }
            return filters
        }

        private mutating func comparisons(_ value: JSONValue, of field: String) throws -> [MetadataFilter] {
            guard !field.isEmpty, field.utf8.count <= MetadataFilterJSON.lengthLimit else {
                throw refusal("the name of a field is empty or too long")
            }
            guard let operators = value.objectValue, !operators.isEmpty else {
                throw refusal("\(Self.name(field)) must be an object of operators, such as {\"eq\":\"x\"}")
            }
            var comparisons: [MetadataFilter] = []
            for member in operators { comparisons.append(try comparison(member.key, member.value, of: field)) }
            return comparisons
        }

        private mutating func comparison(
            _ name: String, _ value: JSONValue, of field: String
        ) throws -> MetadataFilter {
            try count(1)
            switch name {
            case "eq": return .isOne(of: [try scalar(value, name, field)], field: field)
            case "ne": return .not(.isOne(of: [try scalar(value, name, field)], field: field))
            case "in":
                guard let values = value.arrayValue else { throw refusal("in of \(Self.name(field)) must be a list") }
                try count(values.count)
                return .isOne(of: try values.map { try scalar($0, name, field) }, field: field)
            case "exists":
                guard let exists = value.boolValue else {
                    throw refusal("exists of \(Self.name(field)) must be true or false")
                }
                return exists ? .exists(field: field) : .not(.exists(field: field))
            default:
                guard let order = MetadataFilter.Order(rawValue: name) else {
                    throw refusal(
                        "\(Self.name(field)) has an unknown operator; known are eq, ne, in, gt, gte, lt, lte, exists")
                }
                let bound = try scalar(value, name, field)
                guard bound.boolValue == nil else {
                    throw refusal("\(name) of \(Self.name(field)) must be a number or a text")
                }
                return .compares(order, bound, field: field)
            }
        }

        private func scalar(_ value: JSONValue, _ name: String, _ field: String) throws -> JSONValue {
            switch value {
            case .bool: return value
            case .number(let number) where number.isFinite: return value
            case .string(let text) where text.utf8.count <= MetadataFilterJSON.lengthLimit: return value
            case .string: throw refusal("\(name) of \(Self.name(field)) has a text that is too long")
            default: throw refusal("\(name) of \(Self.name(field)) must be a text, a number or a boolean")
            }
        }

        private mutating func count(_ more: Int) throws {
            size += more
            guard size <= MetadataFilterJSON.sizeLimit else {
                throw refusal("it has more than \(MetadataFilterJSON.sizeLimit) comparisons and values")
            }
        }

        private func refusal(_ reason: String) -> APIError {
            SearchFields.refusal("The filter is malformed: \(reason).")
        }

        /// A field's name as a message can show it.
        private static func name(_ field: String) -> String { JSONValue(field.prefix(utf16Length: 100)).text }
    }
}
