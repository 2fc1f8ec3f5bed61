import Documents
import Storage

/// Creates and removes folders of the library and moves documents between them (contract/documents.md 5.7 to 5.9).
public struct Folders: Sendable {
    /// Where a document is and where it shall be.
    public struct Move: Sendable, Equatable {
        public var from: String
        public var to: String

        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    public enum MoveOutcome: Sendable, Equatable {
        /// Number of documents that were left alone because a workspace holds them.
        case moved(skipped: Int)
        /// A move was impossible; the others were made.
        case failed
        /// A path normalises to nothing; nothing was moved.
        case malformed
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Throws: ``LibraryRefusal`` with the contract's text.
    public func create(_ name: String) throws {
        let folder: String
        do {
            folder = DocumentPath.relativeToRoot(try DocumentPath.normalize(name))
        } catch {
            throw LibraryRefusal(kind: .malformed, reason: "Failed to create folder: \(error.description)")
        }
        if folder.isEmpty || folder == "." {
            throw LibraryRefusal(kind: .malformed, reason: "Failed to create folder: Invalid path name")
        }
        guard DocumentPath.fitsLimits(folder) else {
            throw LibraryRefusal(kind: .malformed, reason: "Failed to create folder: The name is too long")
        }
        try dependencies.database.write { transaction in
            if try Self.isTaken(folder, transaction) {
                throw LibraryRefusal(kind: .malformed, reason: "Folder by that name already exists")
            }
            // `a/b` makes both levels; only the upper one is ever listed.
            var path = ""
            for segment in folder.utf8.split(separator: UInt8(ascii: "/")) {
                path += (path.isEmpty ? "" : "/") + String(Substring(segment))
                try transaction.createFolder(path)
            }
        }
    }

    /// Whether a folder or a document has that path.
    private static func isTaken(_ path: String, _ transaction: Transaction) throws -> Bool {
        if try transaction.folderExists(path) { return true }
        guard let address = LibraryAddress(docpath: path) else { return false }
        return try transaction.document(folder: address.folder, fileName: address.fileName) != nil
    }

    /// Deletes a folder with its documents, from the workspaces too; unknown and protected ones are left alone.
    ///
    /// - Throws: ``LibraryRefusal`` for a name that normalises to nothing.
    public func remove(_ name: String) throws {
        let folder: String
        do {
            folder = try DocumentPath.normalize(name)
        } catch {
            throw LibraryRefusal(kind: .malformed, reason: "Failed to remove folder: \(error.description)")
        }
        guard DocumentPath.isInsideRoot(folder), !folder.utf8.contains(UInt8(ascii: "/")),
            folder != DocumentRecord.defaultFolder
        else { return }
        try dependencies.database.write { transaction in
            let documents = try transaction.documents(folder: folder, offset: 0, limit: nil)
            let removal = RemoveDocuments(dependencies)
            for document in documents { try removal.remove(docpath: document.docpath, transaction) }
            for name in try transaction.folders() where Self.contains(folder, name) {
                try transaction.deleteFolder(name)
            }
            if !documents.isEmpty {
                try removal.log(count: documents.count, transaction.workspaces(), transaction)
            }
        }
    }

    /// Whether `name` is the folder or lies below it. Bytes: `é` in two codings is two folders.
    private static func contains(_ folder: String, _ name: String) -> Bool {
        let (folder, name) = (Array(folder.utf8), Array(name.utf8))
        return name.starts(with: folder) && (name.count == folder.count || name[folder.count] == UInt8(ascii: "/"))
    }

    /// Moves documents that no workspace holds, each for itself: an impossible move does not undo the others.
    public func move(_ moves: [Move]) throws -> MoveOutcome {
        do {
            return try dependencies.database.write { transaction in
                var skipped = 0
                var paths: [(from: DocumentLocation?, to: DocumentLocation?)] = []
                for move in moves {
                    let from = try Self.location(move.from)
                    if let from, try !transaction.workspaceDocuments(docpath: from.path).isEmpty {
                        skipped += 1
                    } else {
                        paths.append((from, try Self.location(move.to)))
                    }
                }
                var isWhole = true
                for (from, to) in paths where try !Self.move(from, to, transaction) { isWhole = false }
                return isWhole ? .moved(skipped: skipped) : .failed
            }
        } catch is DocumentPathError {
            return .malformed
        }
    }

    /// - Returns: nil for a path that no document can have.
    private static func location(_ path: String) throws(DocumentPathError) -> DocumentLocation? {
        let relative = DocumentPath.relativeToRoot(try DocumentPath.normalize(path))
        return DocumentPath.fitsLimits(relative) ? DocumentPath.location(relative) : nil
    }

    /// - Returns: false when there is no such document, or no room for it: its new folder is missing, or another document
    ///   has the new name (quirk 23).
    private static func move(
        _ from: DocumentLocation?, _ to: DocumentLocation?, _ transaction: Transaction
    ) throws -> Bool {
        guard let from, let to, let id = try transaction.document(folder: from.folder, fileName: from.fileName)?.id,
            try transaction.folderExists(to.folder)
        else { return false }
        if let other = try transaction.document(folder: to.folder, fileName: to.fileName)?.id { return other == id }
        try transaction.moveDocument(id: id, folder: to.folder, fileName: to.fileName)
        return true
    }
}
