/// Settings of the instance that use cases look at. Keys are AnythingLLM's environment names where it has one.
public struct InstanceSettings: Sendable {
    private let lookUp: @Sendable (String) -> String?

    /// - Parameter lookUp: the value of a setting by its environment name, nil when it is not set.
    public init(_ lookUp: @escaping @Sendable (String) -> String?) { self.lookUp = lookUp }

    subscript(_ key: String) -> String? { lookUp(key) }

    /// After so many seconds of silence a streamed answer gets a comment; nil for never, which is the default.
    public var streamHeartbeat: Int? {
        self["CARREL_STREAM_HEARTBEAT_SECONDS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    }

    /// Where everything of the instance is stored.
    var storageDirectory: String { self["STORAGE_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/var/lib/carrel" }

    /// Whether links may lead into the server's own network (contract/documents.md 8.1).
    public var linksMayLeadAnywhere: Bool { self["COLLECTOR_ALLOW_ANY_IP"] == "true" }

    /// Whether agents may read public web pages.
    var agentsReadPages: Bool { self["CARREL_AGENT_PAGES"] == "true" }

    /// Workspaces cannot be deleted while the variable exists, whatever its value (contract/workspaces.md 8.1).
    var workspacesAreProtected: Bool { self["WORKSPACE_DELETION_PROTECTION"] != nil }
}
