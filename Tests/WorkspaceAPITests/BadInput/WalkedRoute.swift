import HTTPTypes
import OrderedJSON
import Testing

/// A field of a request body, and with which statuses its values are answered when the rest of the body is good.
struct WalkedField: Sendable {
    /// Keys and positions from the top of the body.
    let path: [String]
    private let refused: [HostileValue: Set<Int>]
    /// What ten megabytes of text are answered with.
    let longText: Set<Int>
    /// What a hundred thousand elements are answered with.
    let longArray: Set<Int>

    /// - Parameters:
    ///   - path: joined with dots.
    ///   - statuses: kinds that are not mentioned are taken, with 200.
    init(
        _ path: String, _ statuses: [(status: Set<Int>, kinds: [HostileValue])] = [], longText: Set<Int>? = nil,
        longArray: Set<Int>? = nil
    ) {
        self.path = path.split(separator: ".").map(String.init)
        var refused: [HostileValue: Set<Int>] = [:]
        for (status, kinds) in statuses {
            for kind in kinds { refused[kind] = status }
        }
        self.refused = refused
        self.longText = longText ?? refused[.text] ?? [200]
        self.longArray = longArray ?? refused[.array] ?? [200]
    }

    /// A field that must be a text.
    static func text(_ path: String, refusedWith status: Int, empty: Int? = nil) -> WalkedField {
        WalkedField(
            path, [([status], [.null, .bool, .number, .hugeNumber, .array, .object]), ([empty ?? 200], [.emptyText])])
    }

    /// - Parameter status: of every value.
    static func any(_ path: String, _ status: Int = 200) -> WalkedField {
        WalkedField(path, [([status], HostileValue.allCases)])
    }

    /// Whether it says what something is called, as opposed to a text or a setting.
    var isName: Bool {
        ["name", "docPath", "metadata.title", "names.0", "files.0.from"].contains(path.joined(separator: "."))
    }

    /// Whether it is a list where it is good.
    var isList: Bool { ["adds", "deletes", "names", "files", "attachments"].contains(path.last) }

    func statuses(_ kind: HostileValue) -> Set<Int> { refused[kind] ?? [200] }
}

/// A route with what can be wrong in its requests and how that is answered: a new route is a row, not code.
struct WalkedRoute: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    /// As `Routes.swift` has it.
    let template: String
    /// Parameters of the template and what each is in a good request.
    var parameters: [String: String] = [:]
    /// The good query; empty for routes that need none.
    var query = ""
    /// The good body; nil for routes that read none.
    var body: String?
    /// Status of the good request: another one for routes whose success needs more than the walk has.
    var good = 200
    /// Status of an empty object as the body.
    var empty = 200
    /// Form of the refusal of what is no JSON.
    var malformed = RefusalShape.error
    /// Forms of refusals by status.
    var refusals: [Int: [RefusalShape]] = [:]
    var fields: [WalkedField] = []
    /// Parameters with the statuses of values that name nothing.
    var unknown: [String: Set<Int>] = [:]
    /// Names of query parameters with the statuses of bad values.
    var queries: [String: Set<Int>] = [:]

    var testDescription: String { "\(method.rawValue) /\(template)" }

    /// The path with the given parameters instead of the good ones, and the query; of equal names in it the first counts.
    func path(_ changed: [String: String] = [:], query first: String = "") -> String {
        let path = template.split(separator: "/").reduce("") { path, segment in
            guard segment.hasPrefix(":") else { return path + "/" + segment }
            let name = String(segment.dropFirst())
            return path + "/" + (changed[name] ?? parameters[name] ?? "")
        }
        let queries = [first, query].filter { !$0.isEmpty }
        return queries.isEmpty ? path : path + "?" + queries.joined(separator: "&")
    }

    /// The good body with one field left open: what stands before its value, and what behind.
    func body(without field: WalkedField) throws -> (head: String, tail: String) {
        let mark = "here is the hostile value"
        let text = try JSONParser.parse(body ?? "{}").setting(field.path[...], to: .string(mark)).text
        let range = try #require(text.firstRange(of: #""\#(mark)""#))
        return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }

    /// Whether the route answers requests of that method and path.
    func matches(_ method: HTTPRequest.Method, _ path: String) -> Bool {
        let own = self.method == .get && method == .head ? .head : self.method
        let (segments, wanted) = (path.prefix { $0 != "?" }.split(separator: "/"), template.split(separator: "/"))
        return own == method && segments.count == wanted.count
            && zip(segments, wanted).allSatisfy { $1.hasPrefix(":") || $0.lowercased() == $1.lowercased() }
    }
}

extension JSONValue {
    /// The value with what lies at `path` replaced or added.
    fileprivate func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let key = path.first else { return value }
        let rest = path.dropFirst()
        if let index = Int(key), var elements = arrayValue, elements.indices.contains(index) {
            elements[index] = elements[index].setting(rest, to: value)
            return .array(elements)
        }
        var object = objectValue ?? [:]
        object[key] = (object[key] ?? [:]).setting(rest, to: value)
        return .object(object)
    }
}
