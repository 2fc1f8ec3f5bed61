import OrderedJSON
import Storage

/// The pinned documents of a workspace (contract/chat.md 8.2).
enum PinnedDocuments {
    /// - Parameter budget: tokens; a document is taken while the ones before it stay below, so the one that crosses
    ///   the budget is still taken whole (CQ-9). 0 means no limit.
    static func read(_ workspace: Workspace, budget: Int, _ transaction: Transaction) throws -> [WholeDocument] {
        var total = 0.0
        var taken: [WholeDocument] = []
        for pinned in try transaction.pinnedDocuments(workspaceId: workspace.id) {
            if budget > 0, total >= Double(budget) { break }
            guard let address = LibraryAddress(docpath: pinned.docpath),
                let document = try transaction.document(folder: address.folder, fileName: address.fileName),
                let id = document.id
            else { continue }
            let metadata = StoredJSON.object(document.metadata)
            let text = try transaction.text(documentId: id)
            guard !text.isEmpty, let estimate = metadata["token_count_estimate"]?.numberValue else { continue }
            total += estimate
            taken.append(WholeDocument(text: text, metadata: metadata))
        }
        return taken
    }
}
