// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with the same strictness: what a file uses it imports itself, existential
/// types are visible as such, and an import does not leak into a module's interface by accident.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Tests that call more than they compute: optimising them would take minutes and save none.
let plain = strict + [.unsafeFlags(["-Onone"])]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")

let package = Package(
    name: "carrel",
    products: [
        .executable(name: "carrel", targets: ["carrel"]),
        .library(name: "HummingbirdFastCGI", targets: ["HummingbirdFastCGI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.34.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CFastCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev", "libssl-dev"])]),
        .target(name: "CKernels"),
        .target(name: "CIsolation"),
        .target(name: "OrderedJSON", swiftSettings: strict),
        .target(name: "JavaScriptSemantics", dependencies: ["OrderedJSON"], swiftSettings: strict),
        .target(name: "TokenCounting", swiftSettings: strict),
        .target(name: "DescriptorWaiting", swiftSettings: strict),
        .target(
            name: "ProviderHTTP", dependencies: ["CCurl", "DescriptorWaiting", nioCore, nioHTTP1],
            swiftSettings: strict),
        .target(
            name: "HummingbirdFastCGI",
            dependencies: ["CFastCGI", "DescriptorWaiting", hummingbird, httpTypes, nioCore, logging, lifecycle],
            swiftSettings: strict),
        .target(name: "Storage", dependencies: [grdb], swiftSettings: strict),
        .target(name: "VectorIndexing", dependencies: ["CKernels"], swiftSettings: strict),
        .target(
            name: "SentenceEmbedding",
            dependencies: ["CKernels", "DescriptorWaiting", "OrderedJSON", "ProviderHTTP", nioCore, nioHTTP1],
            swiftSettings: strict),
        .target(
            name: "LanguageModels",
            dependencies: ["DescriptorWaiting", "OrderedJSON", "ProviderHTTP", crypto, nioCore, nioHTTP1],
            swiftSettings: strict),
        .target(
            name: "Documents",
            dependencies: [
                "CIsolation", "CLibXML2", "DescriptorWaiting", "OrderedJSON", "JavaScriptSemantics", "ProviderHTTP",
                asyncHTTPClient, nioCore, nioCompression, nioHTTP1, nioSSL,
            ], swiftSettings: strict),
        .target(name: "AnythingLLMImport", dependencies: ["OrderedJSON", grdb, crypto], swiftSettings: strict),
        .target(
            name: "LibraryClient", dependencies: ["OrderedJSON", asyncHTTPClient, nioCore, nioHTTP1, crypto],
            swiftSettings: strict),
        .target(
            name: "Workspaces",
            dependencies: [
                "AnythingLLMImport", "OrderedJSON", "Storage", "VectorIndexing", "SentenceEmbedding", "LanguageModels",
                "Documents", "TokenCounting", logging, crypto,
            ], swiftSettings: strict),
        .target(
            name: "WorkspaceAPI",
            dependencies: [
                "OrderedJSON", "JavaScriptSemantics", "Workspaces", hummingbird, httpTypes, nioCore, logging,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "carrel",
            dependencies: [
                "AnythingLLMImport", "HummingbirdFastCGI", "LibraryClient", "WorkspaceAPI", "Workspaces", "Documents",
                "Storage", "SentenceEmbedding", "LanguageModels", "DescriptorWaiting", "ProviderHTTP", "TokenCounting",
                asyncHTTPClient, logging, lifecycle, unixSignals, argumentParser, configuration, systemPackage,
            ], swiftSettings: strict),
        .executableTarget(
            name: "carrel-bench", dependencies: ["SentenceEmbedding", "Storage", "VectorIndexing", argumentParser],
            exclude: ["Peers"], swiftSettings: strict),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"], swiftSettings: strict),
        .testTarget(
            name: "JavaScriptSemanticsTests", dependencies: ["JavaScriptSemantics", "OrderedJSON", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TokenCountingTests", dependencies: ["TokenCounting", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "HummingbirdFastCGITests",
            dependencies: ["HummingbirdFastCGI", "TestSupport", hummingbird, httpTypes, nioCore, logging, lifecycle],
            swiftSettings: plain),
        .testTarget(name: "DescriptorWaitingTests", dependencies: ["DescriptorWaiting"], swiftSettings: strict),
        .testTarget(
            name: "ProviderHTTPTests",
            dependencies: ["DescriptorWaiting", "ProviderHTTP", "TestSupport", nioCore, nioHTTP1], swiftSettings: plain
        ),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "TestSupport", grdb], swiftSettings: plain),
        .testTarget(
            name: "VectorIndexingTests", dependencies: ["VectorIndexing", "CKernels", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SentenceEmbeddingTests",
            dependencies: ["SentenceEmbedding", "CKernels", "OrderedJSON", "ProviderHTTP", "TestSupport"],
            resources: [.copy("Resources")], swiftSettings: strict),
        .testTarget(
            name: "LanguageModelsTests",
            dependencies: ["LanguageModels", "OrderedJSON", "ProviderHTTP", "TestSupport", nioCore],
            swiftSettings: plain),
        .testTarget(
            name: "DocumentsTests",
            dependencies: ["Documents", "OrderedJSON", "JavaScriptSemantics", "ProviderHTTP", "TestSupport"],
            resources: [.copy("Resources")], swiftSettings: strict),
        .testTarget(
            name: "WorkspacesTests",
            dependencies: [
                "Workspaces", "OrderedJSON", "Storage", "VectorIndexing", "SentenceEmbedding", "LanguageModels",
                "Documents", "TokenCounting", "ProviderHTTP", "TestSupport", logging,
            ], swiftSettings: plain),
        .testTarget(
            name: "WorkspaceAPITests",
            dependencies: [
                "WorkspaceAPI", "Workspaces", "OrderedJSON", "Storage", "SentenceEmbedding", "LanguageModels",
                "Documents", "TokenCounting", "ProviderHTTP", "TestSupport", hummingbird, httpTypes, nioCore, logging,
            ], swiftSettings: plain),
        .testTarget(
            name: "AnythingLLMImportTests",
            dependencies: [
                "AnythingLLMImport", "Workspaces", "Documents", "OrderedJSON", "Storage", "SentenceEmbedding",
                "LanguageModels", "TokenCounting", "ProviderHTTP", "TestSupport", crypto, grdb, logging,
            ], swiftSettings: plain),
        .testTarget(
            name: "LibraryClientTests",
            dependencies: ["LibraryClient", "OrderedJSON", "TestSupport", asyncHTTPClient], swiftSettings: plain),
        .testTarget(
            name: "EndToEndTests", dependencies: ["OrderedJSON", "TestSupport"], swiftSettings: plain),
    ],
    swiftLanguageModes: [.v6]
)
