import Foundation
import OrderedJSON
import TestSupport

@testable import Documents

/// Converts files in the isolation of the built program, as the server does.
struct ConversionFixture {
    static let launcher = PackageRoot.path(".build/release/carrel")

    var environment = DocumentEnvironment(
        now: { 1_700_000_000_000 }, timeZone: .gmt, makeID: { "abcd-ID" }, tokenEstimate: { $0.utf8.count },
        tools: ConversionTools(launcher: launcher))

    init(_ change: (inout ConversionTools) -> Void = { _ in }) { change(&environment.tools) }

    static func corpus(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: PackageRoot.path("Tests/DocumentsTests/Resources/corpus/" + name))))
    }

    func records(_ name: String, _ bytes: [UInt8], metadata: JSONObject = [:]) async throws -> [DocumentRecord] {
        try await UploadedDocuments.records(
            of: UploadedFile(name: name, bytes: bytes, metadata: metadata), in: environment)
    }

    /// Of a file of the corpus.
    func records(_ name: String) async throws -> [DocumentRecord] { try await records(name, Self.corpus(name)) }

    /// Why a file is refused; nil when it is not.
    func refusal(_ name: String, _ bytes: [UInt8]) async -> ConversionRefusal? {
        do {
            _ = try await records(name, bytes)
            return nil
        } catch {
            return error as? ConversionRefusal
        }
    }
}
