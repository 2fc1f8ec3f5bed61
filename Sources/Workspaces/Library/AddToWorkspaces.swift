import Foundation
import Logging
import Storage

/// Embeds a document that has just been stored into the workspaces that the request names (contract/documents.md 4.5).
struct AddToWorkspaces: Sendable {
    let dependencies: Dependencies

    /// - Parameters:
    ///   - slugs: separated by commas; unknown ones are ignored. Nil and empty do nothing.
    ///   - onlyMissing: leaves workspaces alone that hold the document.
    ///
    /// The first failure ends it; it is logged and changes nothing for the client.
    func callAsFunction(_ slugs: String?, docpath: String, onlyMissing: Bool = false) async throws {
        let wanted = Set(
            (slugs ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() })
        if wanted.isEmpty { return }
        let workspaces = try dependencies.database.read { try $0.workspaces(slugs: wanted) }.map(Workspace.init)
        for workspace in workspaces {
            if onlyMissing, try holds(docpath, workspace) { continue }
            do {
                let result = try await UpdateEmbeddings(dependencies)(workspace, adds: [docpath], deletes: [])
                if !result.failed.isEmpty { return }
            } catch {
                dependencies.logger.error(
                    "document stored but not embedded",
                    metadata: ["document.path": .string(docpath), "error.reason": .string(LogReason.of(error))])
                return
            }
        }
    }

    private func holds(_ docpath: String, _ workspace: Workspace) throws -> Bool {
        try dependencies.database.read { try $0.workspaceDocument(workspaceId: workspace.id, docpath: docpath) != nil }
    }
}
