import Synchronization

/// An index as it was at one moment, to be written to a file.
///
/// Taking one costs nothing and keeps nobody waiting; writing goes on beside searches and writers. As long as it
/// lives, it keeps the memory of rows that the index may have given up.
public struct IndexImage: Sendable {
    private let snapshot: IndexSnapshot
    private let operations: FileOperations

    init(_ snapshot: IndexSnapshot, operations: FileOperations = .system) {
        self.snapshot = snapshot
        self.operations = operations
    }

    /// Live vectors.
    public var count: Int { snapshot.liveCount }

    /// Writes the image to a temporary file, makes it durable and renames it: at `path` there is always a whole file.
    ///
    /// - Parameters:
    ///   - path: in a folder that exists; `path` + ".part" is used on the way, by one writer at a time.
    ///   - generation: what the caller calls the state of its data that this image shows.
    /// - Throws: ``SnapshotFileError/unwritable(reason:)``; the file at `path` is then what it was before.
    public func write(to path: String, generation: UInt64) throws(SnapshotFileError) {
        var writer = SnapshotWriter(snapshot, generation: generation, operations: operations)
        try writer.run(path: path)
    }
}

extension AdaptiveVectorIndex {
    /// The index at this moment; call it where no write can come between it and the reading of the generation.
    public func image() -> IndexImage { IndexImage(published.withLock { $0.snapshot }) }

    /// What the header of a snapshot file calls the state that it shows; the rest of the file is not looked at.
    ///
    /// - Throws: `unreadable`, `notASnapshot`, `damaged`, `wrongVersion`.
    public static func generation(ofSnapshotAt path: String) throws(SnapshotFileError) -> UInt64 {
        try SnapshotReader.header(of: try MappedFile.open(path)).generation
    }

    /// Opens a snapshot file by mapping it, after every byte of it was verified.
    ///
    /// Rows and links of full segments stay in the file's pages; what is changed afterwards is this process's own copy.
    /// - Parameters:
    ///   - generation: what the file must say, so that it shows the caller's present data.
    /// - Throws: ``SnapshotFileError``: the caller then builds the index from its data.
    public static func open(
        path: String, generation: UInt64, options: AdaptiveIndexOptions = AdaptiveIndexOptions()
    ) throws(SnapshotFileError) -> AdaptiveVectorIndex {
        let snapshot = try SnapshotReader.read(path: path, generation: generation, threads: options.threads)
        return AdaptiveVectorIndex(RowStore(snapshot), options: options)
    }
}
