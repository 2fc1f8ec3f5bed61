import Documents
import OrderedJSON
import Storage

/// Lists the library (contract/documents.md 5.2 to 5.4).
public struct ReadLibrary: Sendable {
    public struct Folder: Sendable, Equatable {
        public var name: String
        public var items: [LibraryItem]
    }

    /// A part of a folder.
    public struct Page: Sendable, Equatable {
        public var items: [LibraryItem]
        /// Documents in the whole folder.
        public var totalCount: Int
        public var hasMore: Bool
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// Every folder with its documents: `custom-documents` first, the rest in byte order.
    public func tree() throws -> [Folder] {
        try dependencies.database.read { transaction in
            let marks = try Marks(transaction)
            // Grouped by bytes: `é` in two codings is two folders.
            let items = Dictionary(grouping: try transaction.documents().map(marks.item)) { Array($0.folder.utf8) }
            let names = try transaction.folders().filter {
                !$0.utf8.contains(UInt8(ascii: "/")) && !$0.hasSuffix(".md")
            }
            let first = names.filter { $0 == DocumentRecord.defaultFolder }
            return (first + names.filter { $0 != DocumentRecord.defaultFolder }).map {
                Folder(name: $0, items: items[Array($0.utf8)] ?? [])
            }
        }
    }

    /// A page of one folder; nil when there is no such folder.
    ///
    /// - Parameters:
    ///   - name: as requested; normalised here.
    ///   - limit: nil for all.
    /// - Throws: ``LibraryRefusal`` for a name that normalises to nothing.
    public func folder(_ name: String, offset: Int, limit: Int?) throws -> Page? {
        let folder: String
        do {
            folder = try DocumentPath.normalize(name)
        } catch {
            throw LibraryRefusal(kind: .malformed, reason: error.description)
        }
        let wanted = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return try dependencies.database.read { transaction in
            guard try transaction.folderExists(wanted) else { return nil }
            let marks = try Marks(transaction)
            let total = try transaction.documentCount(folder: wanted)
            let items = try transaction.documents(folder: wanted, offset: offset, limit: limit).map(marks.item)
            return Page(
                items: items, totalCount: total, hasMore: limit.map { offset + $0 < total } ?? false)
        }
    }

    /// The first document of that name, folders in byte order.
    ///
    /// - Throws: ``LibraryRefusal`` for a name that normalises to nothing or to a folder above.
    public func document(named name: String) throws -> LibraryItem? {
        let fileName: String
        do {
            fileName = try DocumentPath.normalize(name)
        } catch {
            throw LibraryRefusal(kind: .malformed, reason: error.description)
        }
        if fileName.isEmpty { throw LibraryRefusal(kind: .malformed, reason: "The name is a folder's.") }
        return try dependencies.database.read { transaction in
            guard let record = try transaction.document(fileName: fileName) else {
                if try transaction.folders().contains(where: { Self.isFolder($0, named: fileName) }) {
                    throw LibraryRefusal(kind: .malformed, reason: "The name is a folder's.")
                }
                return nil
            }
            let cached = try transaction.isEmbedded(docpath: record.docpath)
            return LibraryItem(
                folder: record.folder, name: record.fileName, metadata: StoredJSON.object(record.metadata),
                cached: cached, pinnedWorkspaces: [], watched: false)
        }
    }

    /// Whether a folder inside a folder has that name, where documents are looked for.
    private static func isFolder(_ path: String, named name: String) -> Bool {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"))
        return segments.count == 2 && segments[1].elementsEqual(name.utf8)
    }

    /// Number of vectors over all workspaces.
    public func vectorCount() throws -> Int { try dependencies.database.read { try $0.vectorCount() } }
}

extension ReadLibrary {
    /// What listings say about documents beyond their own keys, read once for a whole listing.
    private struct Marks {
        let embedded: Set<String>
        let pins: [String: (pinnedBy: [Int64], watched: Bool)]

        init(_ transaction: Transaction) throws {
            embedded = try transaction.embeddedDocpaths()
            pins = try transaction.pinsAndWatches()
        }

        func item(_ record: LibraryDocumentRecord) -> LibraryItem {
            let docpath = record.docpath
            let pin = pins[docpath]
            return LibraryItem(
                folder: record.folder, name: record.fileName, metadata: StoredJSON.object(record.metadata),
                cached: embedded.contains(docpath), pinnedWorkspaces: pin?.pinnedBy ?? [],
                watched: pin?.watched ?? false)
        }
    }
}
