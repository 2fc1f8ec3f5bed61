import AnythingLLMImport
import Documents

/// Lists the documents of the source: those of workspaces in the order of their links, then those of no workspace.
struct DocumentPlan {
    private(set) var documents: [PlannedDocument] = []
    /// Links of workspaces that are not here.
    private(set) var orphans = 0
    /// Further links of a workspace to a document that it holds already.
    private(set) var duplicates = 0
    /// Docpaths that name no document, as they are.
    private(set) var refused: [String] = []

    /// Places in ``documents`` by the bytes of the docpath: `é` in two codings is two names.
    private var places: [[UInt8]: Int] = [:]
    /// Spellings on the disk, by the canonical form of their text.
    private var spellings: [String: String] = [:]
    private var files: Set<[UInt8]> = []

    /// - Parameters:
    ///   - links: in id order.
    ///   - files: docpaths of the folder.
    ///   - isKnown: whether a workspace of the source is here.
    init(links: [ForeignLink], files paths: [String], isKnown: (Int64) -> Bool) {
        files = Set(paths.map { Array($0.utf8) })
        // Equal text is equal whatever its coding; of two the first in byte order counts.
        spellings = Dictionary(paths.map { ($0, $0) }) { first, _ in first }
        for link in links {
            if isKnown(link.workspaceId) { add(link) } else { orphans += 1 }
        }
        for path in paths where Self.isUsable(path) { _ = place(of: path) }
    }

    private mutating func add(_ link: ForeignLink) {
        // Backslashes separate on the system that wrote them.
        let slashed = link.docpath.replacing("\\", with: "/")
        guard let path = try? DocumentPath.normalize(slashed), Self.isUsable(path) else {
            refused.append(link.docpath)
            return
        }
        let place = place(of: onDisk(path))
        if !documents[place].cachePaths.contains(where: { $0.utf8.elementsEqual(link.docpath.utf8) }) {
            documents[place].cachePaths.insert(link.docpath, at: 0)
        }
        if let first = documents[place].links.firstIndex(where: { $0.workspaceId == link.workspaceId }) {
            documents[place].links[first].pinned = documents[place].links[first].pinned || link.pinned
            duplicates += 1
        } else {
            documents[place].links.append(link)
        }
    }

    /// The name as the disk has it, when only its Unicode form differs.
    private func onDisk(_ path: String) -> String {
        files.contains(Array(path.utf8)) ? path : spellings[path] ?? path
    }

    private mutating func place(of path: String) -> Int {
        if let place = places[Array(path.utf8)] { return place }
        places[Array(path.utf8)] = documents.count
        documents.append(PlannedDocument(docpath: path, links: [], cachePaths: [path]))
        return documents.count - 1
    }

    private static func isUsable(_ path: String) -> Bool {
        DocumentPath.location(path) != nil && DocumentPath.fitsLimits(path) && !path.utf8.contains(0)
    }
}
