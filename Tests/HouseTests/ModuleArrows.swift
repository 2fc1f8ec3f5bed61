/// What each module may import: the arrows of the architecture, in code.
///
/// SwiftPM refuses an import only when the module is not built at all; this table is what refuses the rest. A new
/// module or a new arrow is a decision, so it is made here and in the architecture together.
enum ModuleArrows {
    struct Rule: Sendable {
        /// Modules of this package; nil means any, for the executable that wires them.
        let ours: Set<String>?
        /// Modules of other packages.
        let external: Set<String>
    }

    static let rules: [String: Rule] = [
        "CCurl": rule(),
        "CFastCGI": rule(),
        "CIsolation": rule(),
        "CKernels": rule(),
        "CLibXML2": rule(),
        "JavaScriptSemantics": rule(["OrderedJSON"]),
        "OrderedJSON": rule(),
        "TokenCounting": rule(["OrderedJSON"]),
        "DescriptorWaiting": rule(),
        "ProviderHTTP": rule(["CCurl", "DescriptorWaiting"], ["NIOCore", "NIOHTTP1"]),
        "HummingbirdFastCGI": rule(
            ["CFastCGI", "DescriptorWaiting"], ["HTTPTypes", "Hummingbird", "Logging", "NIOCore", "ServiceLifecycle"]),
        "Storage": rule([], ["GRDB", "Logging"]),
        "VectorIndexing": rule(["CKernels"]),
        "SentenceEmbedding": rule(
            ["CKernels", "DescriptorWaiting", "OrderedJSON", "ProviderHTTP"],
            ["Crypto", "Logging", "NIOCore", "NIOHTTP1"]),
        "LanguageModels": rule(
            ["DescriptorWaiting", "OrderedJSON", "ProviderHTTP"], ["Crypto", "Logging", "NIOCore", "NIOHTTP1"]),
        "Documents": rule(
            ["CIsolation", "CLibXML2", "DescriptorWaiting", "JavaScriptSemantics", "OrderedJSON", "ProviderHTTP"],
            ["AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOHTTPCompression", "NIOSSL"]),
        "AnythingLLMImport": rule(["OrderedJSON"], ["Crypto", "GRDB"]),
        "LibraryClient": rule(["OrderedJSON"], ["AsyncHTTPClient", "Crypto", "NIOCore", "NIOHTTP1"]),
        "Workspaces": rule(
            [
                "AnythingLLMImport", "Documents", "JavaScriptSemantics", "LanguageModels", "OrderedJSON",
                "SentenceEmbedding", "Storage",
                "TokenCounting", "VectorIndexing",
            ], ["Crypto", "Logging"]),
        "WorkspaceAPI": rule(
            ["JavaScriptSemantics", "OrderedJSON", "Workspaces"], ["HTTPTypes", "Hummingbird", "Logging", "NIOCore"]),
        "carrel": Rule(
            ours: nil,
            external: [
                "ArgumentParser", "AsyncHTTPClient", "Configuration", "Crypto", "HTTPTypes", "Hummingbird", "Logging",
                "NIOCore", "ServiceLifecycle", "SystemPackage", "UnixSignals",
            ]),
        "carrel-bench": rule(["OrderedJSON", "SentenceEmbedding", "Storage", "VectorIndexing"], ["ArgumentParser"]),
    ]

    /// What comes with the compiler and is open to every module; FoundationNetworking is not, since outgoing requests
    /// go through ProviderHTTP or AsyncHTTPClient.
    static let toolchain: Set<String> = [
        "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]

    private static func rule(_ ours: Set<String> = [], _ external: Set<String> = []) -> Rule {
        Rule(ours: ours, external: external)
    }
}
