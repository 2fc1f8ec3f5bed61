public import Foundation
import OrderedJSON

/// The files of an AnythingLLM storage: documents and cached vectors (contract/storage.md 1).
public struct StorageFolder: Sendable {
    public let root: URL
    private let documents: URL

    /// Bytes of a JSON file that is read whole.
    static let fileLimit = 1 << 30

    public init(_ root: URL) {
        self.root = root
        documents = root.appending(path: "documents", directoryHint: .isDirectory)
    }

    /// The database of a usual storage.
    public var database: URL { root.appending(path: "anythingllm.db") }

    /// `folder/name.json` of every document, in byte order: exactly one folder deep.
    public func docpaths() -> [String] {
        let manager = FileManager.default
        // A folder that cannot be listed holds nothing to import; its documents are reported as missing.
        let folders = (try? manager.contentsOfDirectory(atPath: documents.path)) ?? []
        let paths = folders.flatMap { folder in
            let names = (try? manager.contentsOfDirectory(atPath: documents.appending(path: folder).path)) ?? []
            return names.filter { $0.hasSuffix(".json") && $0 != ".json" }.map { folder + "/" + $0 }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// - Parameter docpath: normalised, `folder/name.json`.
    public func document(_ docpath: String) throws(DocumentFault) -> ForeignDocument {
        let file = documents.path + "/" + docpath
        guard FileManager.default.fileExists(atPath: file) else { throw .missing }
        guard let real = Self.realPath(file), let home = Self.realPath(documents.path), real.hasPrefix(home + "/")
        else { throw .outside }
        do {
            return try Self.parse(file)
        } catch .malformed {
            // AnythingLLM may just have been writing it.
            usleep(Self.secondLook)
            return try Self.parse(file)
        }
    }

    /// Microseconds until a file that was no JSON is read once more.
    private static let secondLook: UInt32 = 50_000

    /// - Parameter docpath: exactly as a link or a file name has it.
    public func cachedChunks(_ docpath: String) throws(CacheFault) -> CachedChunks {
        let file = root.appending(path: "vector-cache").appending(path: NameUUID.text(docpath) + ".json")
        guard let size = Self.size(of: file.path) else { throw .missing }
        if size > Self.fileLimit { throw .tooLarge }
        guard let bytes = try? Data(contentsOf: file) else { throw .unreadable }
        guard let json = try? JSONParser.parse(bytes) else { throw .malformed }
        return try CachedChunks(json: json)
    }

    private static func parse(_ file: String) throws(DocumentFault) -> ForeignDocument {
        guard let size = size(of: file) else { throw .missing }
        if size > fileLimit { throw .tooLarge }
        guard let bytes = FileManager.default.contents(atPath: file) else { throw .unreadable }
        guard let object = (try? JSONParser.parse(bytes))?.objectValue,
            let text = object["pageContent"]?.stringValue
        else { throw .malformed }
        return ForeignDocument(metadata: object, pageContent: text)
    }

    /// Bytes of a regular file, or of the one that a link leads to.
    private static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The path without symbolic links.
    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
