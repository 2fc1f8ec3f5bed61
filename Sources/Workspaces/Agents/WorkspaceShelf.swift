import OrderedJSON
import Storage

/// The documents of a workspace as its agent's tools see them.
struct WorkspaceShelf: Sendable {
    struct Item: Sendable {
        let docpath: String
        let filename: String
        let title: String
        let words: Int?
    }

    let workspaceId: Int64
    let database: CarrelDatabase

    /// All documents in the order in which they were added.
    func items() throws -> [Item] {
        try database.read { try $0.workspaceDocuments(workspaceId: workspaceId) }.map { record in
            let metadata = StoredJSON.object(record.metadata)
            return Item(
                docpath: record.docpath, filename: record.filename,
                title: metadata["title"]?.stringValue ?? record.filename,
                words: metadata["wordCount"]?.integerValue)
        }
    }

    /// The document of that title, file name or docpath; case counts only where two differ by nothing else.
    func item(named name: String) throws -> Item? {
        let items = try items()
        func names(_ item: Item) -> [String] { [item.docpath, item.filename, item.title] }
        return items.first { names($0).contains(name) }
            ?? items.first { names($0).contains { $0.lowercased() == name.lowercased() } }
    }

    /// The document and its text.
    ///
    /// - Throws: ``AgentToolRefusal`` when there is no such document, ``StorageError``.
    func required(_ name: String) throws -> (item: Item, text: String) {
        guard let item = try item(named: name), let text = try text(of: item) else {
            throw AgentToolRefusal("The workspace holds no document \"\(name)\"; list_documents names those it has.")
        }
        return (item, text)
    }

    /// Nil when the library does not have it any more.
    func text(of item: Item) throws -> String? {
        guard let address = LibraryAddress(docpath: item.docpath) else { return nil }
        return try database.read { transaction in
            guard let id = try transaction.document(folder: address.folder, fileName: address.fileName)?.id else {
                return nil
            }
            return try transaction.text(documentId: id)
        }
    }
}
