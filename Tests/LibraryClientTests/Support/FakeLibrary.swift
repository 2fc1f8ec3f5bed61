import Foundation
import OrderedJSON
import Synchronization

@testable import LibraryClient

/// A library in memory that answers as a server would, and fails when it is told to.
final class FakeLibrary: DocumentLibrary {
    struct Document: Equatable {
        var content: String
        var workspaces: Set<String> = []
    }

    struct State {
        var documents: [String: Document] = [:]
        var uploads = 0
        var workspaces: Set<String> = ["notes"]
        /// Contents that cannot be converted, or not embedded.
        var unconvertible: Set<String> = []
        var unembeddable: Set<String> = []
        /// Contents that become two documents.
        var several: Set<String> = []
        /// Calls that are answered before the server goes away; nil for ever.
        var callsLeft: Int?
        var log: [String] = []
    }

    private let state = Mutex(State())

    func change<Value>(_ body: (inout sending State) -> sending Value) -> Value { state.withLock(body) }
    var documents: [String: Document] { state.withLock { $0.documents } }
    var log: [String] { state.withLock { $0.log } }
    /// Contents that are searchable, with repetitions.
    var contents: [String] {
        state.withLock { $0.documents.values.filter { !$0.workspaces.isEmpty }.map(\.content).sorted() }
    }

    private func call<Value: Sendable>(
        _ name: String, _ body: (inout State) throws(LibraryClientError) -> Value
    ) throws(LibraryClientError) -> Value {
        let result = state.withLock { state -> Result<Value, LibraryClientError> in
            if let left = state.callsLeft {
                if left == 0 { return .failure(LibraryClientError(.unreachable, "away")) }
                state.callsLeft = left - 1
            }
            state.log.append(name)
            return Result { () throws(LibraryClientError) in try body(&state) }
        }
        return try result.get()
    }

    func docpaths(workspace: String) async throws(LibraryClientError) -> Set<String> {
        try call("workspace") { state throws(LibraryClientError) in
            if !state.workspaces.contains(workspace) {
                throw LibraryClientError(.unknownWorkspace, "no workspace \(workspace)")
            }
            return Set(state.documents.filter { $0.value.workspaces.contains(workspace) }.keys)
        }
    }

    func upload(_ file: URL, as name: String, folder: String?) async throws(LibraryClientError) -> [String] {
        let content = Self.content(file)
        return try call("upload \(name)") { state throws(LibraryClientError) in
            if state.unconvertible.contains(content) { throw LibraryClientError(.refused, "cannot convert") }
            return (0..<(state.several.contains(content) ? 2 : 1)).map { _ in
                state.uploads += 1
                let docpath = "\(folder ?? "custom-documents")/\(name)-\(state.uploads).json"
                state.documents[docpath] = Document(content: content)
                return docpath
            }
        }
    }

    func replace(_ docpath: String, with file: URL, as name: String) async throws(LibraryClientError) -> Bool {
        let content = Self.content(file)
        return try call("replace \(name)") { state throws(LibraryClientError) in
            guard let document = state.documents[docpath], !state.several.contains(content) else { return false }
            let isEmbedded = !document.workspaces.isEmpty
            if state.unconvertible.contains(content) || (isEmbedded && state.unembeddable.contains(content)) {
                throw LibraryClientError(.refused, "cannot convert or embed")
            }
            state.documents[docpath]?.content = content
            return true
        }
    }

    private static func content(_ file: URL) -> String {
        String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
    }

    func embed(
        _ docpaths: [String], workspace: String, progress: (EmbeddingProgress) -> Void
    ) async throws(LibraryClientError) {
        progress(EmbeddingProgress(job: ["documents": ["total": 1, "pending": 1]]))
        try call("embed") { state throws(LibraryClientError) in
            for docpath in docpaths {
                if !state.workspaces.contains(workspace)
                    || state.unembeddable.contains(state.documents[docpath]?.content ?? "")
                {
                    throw LibraryClientError(.refused, "cannot embed")
                }
                state.documents[docpath]?.workspaces.insert(workspace)
            }
        }
    }

    func remove(_ docpaths: [String]) async throws(LibraryClientError) {
        if docpaths.isEmpty { return }
        try call("remove \(docpaths.count)") { state throws(LibraryClientError) in
            for docpath in docpaths { state.documents[docpath] = nil }
        }
    }

    func docpaths(folder: String) async throws(LibraryClientError) -> Set<String> {
        try call("list") { state throws(LibraryClientError) in
            Set(state.documents.keys.filter { $0.hasPrefix(folder + "/") })
        }
    }
}
