/// One thing to do so that the library holds what the folder holds.
public enum FolderChange: Sendable, Equatable {
    case add(String)
    /// Another content in the same place.
    case replace(String)
    case remove(String)
    /// The same content in another place: nothing is sent.
    case move(from: String, to: String)
    /// The same content with another stamp.
    case touch(String)
}

extension FolderChange {
    /// What changed between the known state of a folder and what lies there now, in the order of the paths: moves first,
    /// removals last.
    ///
    /// - Parameter hash: of a file's content; nil when it is gone or cannot be read now, and then it is left alone. Called
    ///   only for files that are new or whose stamp has changed.
    public static func all(
        from known: [String: WatchedFile], to found: [String: FileStamp], hash: (String) -> String?
    ) -> [FolderChange] {
        var missing = Set(known.keys.filter { found[$0] == nil })
        // Of files with one content the first in the order of their paths moves first.
        var movable = Dictionary(grouping: missing.sorted(by: >)) { known[$0]?.hash ?? "" }
        var changes: [FolderChange] = []
        var moves: [FolderChange] = []
        for (path, stamp) in found.sorted(by: { $0.key < $1.key }) where known[path]?.stamp != stamp {
            guard let hash = hash(path) else { continue }
            if let file = known[path] {
                changes.append(file.hash == hash ? .touch(path) : .replace(path))
            } else if let from = movable[hash]?.popLast() {
                missing.remove(from)
                moves.append(.move(from: from, to: path))
            } else {
                changes.append(.add(path))
            }
        }
        return moves + changes + missing.sorted().map { .remove($0) }
    }
}
