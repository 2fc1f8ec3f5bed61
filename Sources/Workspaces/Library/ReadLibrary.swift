import Documents
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

    /// A text that is another one after every change of what listings show.
    public func version() throws -> String { try dependencies.database.read { try $0.libraryVersion() } }

    /// Every folder with its documents: `custom-documents` first, the rest in byte order.
    public func tree() throws -> [Folder] {
        try dependencies.database.read { transaction in
            let marks = try Marks(transaction)
            let (first, rest) = Self.inOrder(LibraryFilter())
            let items =
                try transaction.listedDocuments(first).map(marks.item)
                + transaction.listedDocuments(rest).map(marks.item)
            let names = try transaction.folders().filter {
                !$0.utf8.contains(UInt8(ascii: "/")) && !Array($0.utf8).suffix(3).elementsEqual(".md".utf8)
            }
            let home = names.filter { $0 == DocumentRecord.defaultFolder }
            return Self.folders(items, home + names.filter { $0 != DocumentRecord.defaultFolder })
        }
    }

    /// The folders that hold documents of the query, with these.
    public func tree(_ query: ListingQuery) throws -> (folders: [Folder], totalCount: Int, hasMore: Bool) {
        try dependencies.database.read { transaction in
            let marks = try Marks(transaction)
            let (first, rest) = Self.inOrder(
                LibraryFilter(search: query.search, updatedSince: query.updatedSince))
            let own = try transaction.documentCount(first)
            let total = try own + transaction.documentCount(rest)
            var items = try transaction.listedDocuments(first, offset: query.offset, limit: query.limit)
            items += try transaction.listedDocuments(
                rest, offset: max(0, query.offset - own), limit: query.limit.map { $0 - items.count })
            return (Self.folders(items.map(marks.item), []), total, Self.hasMore(query, total))
        }
    }

    /// The default folder before the others: two lists, one behind the other, so that each comes in the order of an index.
    private static func inOrder(_ filter: LibraryFilter) -> (first: LibraryFilter, rest: LibraryFilter) {
        var (first, rest) = (filter, filter)
        first.folder = DocumentRecord.defaultFolder
        rest.exceptFolder = DocumentRecord.defaultFolder
        return (first, rest)
    }

    /// Items that come in the order of their folders, as folders.
    ///
    /// - Parameter names: folders that are shown even when they are empty, in the same order; the others are added.
    private static func folders(_ items: [LibraryItem], _ names: [String]) -> [Folder] {
        // Compared by bytes: `é` in two codings is two folders.
        func isSame(_ one: String, _ other: String) -> Bool {
            one.utf8.count == other.utf8.count && one.utf8.elementsEqual(other.utf8)
        }
        var folders: [Folder] = []
        var rest = items[...]
        for name in names {
            let own = rest.prefix { isSame($0.folder, name) }
            folders.append(Folder(name: name, items: Array(own)))
            rest = rest.dropFirst(own.count)
        }
        while let name = rest.first?.folder {
            let own = rest.prefix { isSame($0.folder, name) }
            folders.append(Folder(name: name, items: Array(own)))
            rest = rest.dropFirst(own.count)
        }
        return folders
    }

    private static func hasMore(_ query: ListingQuery, _ total: Int) -> Bool {
        query.limit.map { query.offset + $0 < total } ?? false
    }

    /// A page of one folder; nil when there is no such folder.
    ///
    /// - Parameters:
    ///   - name: as requested; normalised here.
    /// - Throws: ``LibraryRefusal`` for a name that normalises to nothing.
    public func folder(_ name: String, _ query: ListingQuery) throws -> Page? {
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
            let filter = LibraryFilter(folder: wanted, search: query.search, updatedSince: query.updatedSince)
            let total = try transaction.documentCount(filter)
            let items = try transaction.listedDocuments(
                filter, offset: query.offset, limit: query.limit)
            return Page(items: items.map(marks.item), totalCount: total, hasMore: Self.hasMore(query, total))
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
                folder: record.folder, name: record.fileName, metadataText: record.metadata,
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
        private let pins: [String: (pinnedBy: [Int64], watched: Bool)]

        init(_ transaction: Transaction) throws { pins = try transaction.pinsAndWatches() }

        func item(_ record: ListedDocumentRecord) -> LibraryItem {
            // Most libraries have few marks, and most have none.
            let pin = pins.isEmpty ? nil : pins[record.docpath]
            return LibraryItem(
                folder: record.folder, name: record.fileName, metadataText: record.metadata,
                cached: record.isEmbedded, pinnedWorkspaces: pin?.pinnedBy ?? [], watched: pin?.watched ?? false)
        }
    }
}
