import CKernels
import Dispatch
import Synchronization

/// Search by cosine that is exact while the index is small and uses a graph above a size.
///
/// A search takes the current snapshot under a lock that is held for one assignment, and works on it without any lock.
/// It sees the vectors as they were at that moment: whole insertions, no removed document. Writers are serialised by a
/// lock of their own and publish a whole snapshot at the end. An inserted vector can be found at once, by a scan; a
/// background thread then links it into the graph, and moves the border between what is walked and what is scanned. So
/// an insertion costs O(dimensions) per vector to its caller, a removal O(vectors of the document), and O(log n)
/// similarities per vector to the background. When a third of the rows of a graph is dead, the background builds a new
/// one of the live rows, which is at most two links per removed vector; a scanned index is compacted in place when
/// half of it is dead.
public final class AdaptiveVectorIndex: VectorIndex {
    struct Writer {
        var store: RowStore
        /// Whether a background thread is at work.
        var isWorking = false
        /// Linked rows when the graph was last looked through for rows that no walk reaches.
        var checkedRows = 0
    }

    struct Published {
        var snapshot: IndexSnapshot
        /// Pointers of a snapshot that has a graph.
        var view: GraphView?
        /// Rows that were not removed; nil when none was. Kept, because most searches ask for all documents.
        var live: RowMask?
    }

    let options: AdaptiveIndexOptions
    let published: Mutex<Published>
    let writer: Mutex<Writer>
    /// Holds as many members as there are background threads.
    let background = DispatchGroup()
    /// nonisolated(unsafe): points at a constant table of the C library.
    nonisolated(unsafe) let kernels: UnsafePointer<ck_kernels>
    let gather: ck_gather_i8

    /// An empty index; the first vector decides the dimensions.
    convenience init(options: AdaptiveIndexOptions = AdaptiveIndexOptions()) {
        self.init(RowStore(), options: options)
    }

    init(
        _ store: RowStore, options: AdaptiveIndexOptions, kernels: UnsafePointer<ck_kernels> = ck_best_kernels(),
        gather: @escaping ck_gather_i8 = ck_best_gather_i8()
    ) {
        self.options = options
        self.kernels = kernels
        self.gather = gather
        published = Mutex(Self.publication(of: store.snapshot))
        writer = Mutex(Writer(store: store, checkedRows: store.snapshot.linked))
        writer.withLock { startWork(&$0) }
    }

    public var count: Int { published.withLock { $0.snapshot.liveCount } }

    public var dimensions: Int? { published.withLock { $0.snapshot.dimensions } }

    /// Memory that the index occupies, in bytes: vectors, links, what is dead and not yet reclaimed, memory of
    /// searches, and what is mapped from a snapshot file.
    ///
    /// While the background rebuilds, up to as much again is in use for a while.
    public var residentBytes: Int {
        let scratch = published.withLock { $0.snapshot.graph }?.byteCount ?? 0
        return writer.withLock { $0.store.byteCount } + scratch
    }

    /// How many vectors can be reached through the graph; the others are scanned.
    var linkedCount: Int { published.withLock { $0.snapshot.linked } }

    static func publication(of snapshot: IndexSnapshot) -> Published {
        Published(
            snapshot: snapshot, view: snapshot.graph == nil ? nil : GraphView(snapshot),
            live: RowMask(snapshot, excluding: [], including: nil))
    }

    /// Shows what the writer has done.
    func publish(_ state: borrowing Writer) {
        let publication = Self.publication(of: state.store.snapshot)
        // What was shown before is given up outside of the lock: returning gigabytes to the system takes a while.
        let previous = published.withLock { shown in
            defer { shown = publication }
            return shown
        }
        withExtendedLifetime(previous) {}
    }

    public func insert(_ entries: [VectorEntry]) throws(VectorIndexError) {
        let result = writer.withLock { state in
            Result { () throws(VectorIndexError) in
                try Self.check(entries, dimensions: state.store.snapshot.dimensions)
                guard let first = entries.first else { return }
                try state.store.reserve(entries.count, dimensions: first.vector.count)
                for entry in entries {
                    try entry.vector.withUnsafeBufferPointer { vector throws(VectorIndexError) in
                        try state.store.append(id: entry.id, document: entry.document, vector: vector)
                    }
                }
                publish(state)
                startWork(&state)
            }
        }
        try result.get()
    }

    /// Everything that can go wrong is looked for before the first vector goes in.
    private static func check(_ entries: [VectorEntry], dimensions: Int?) throws(VectorIndexError) {
        guard let expected = dimensions ?? entries.first?.vector.count else { return }
        for entry in entries {
            guard !entry.vector.isEmpty else { throw .badLength(id: entry.id, bytes: 0) }
            guard entry.vector.count == expected else {
                throw .dimensionMismatch(expected: expected, found: entry.vector.count)
            }
            guard entry.vector.allSatisfy(\.isFinite) else { throw .notFinite(id: entry.id) }
        }
    }

    public func remove(document: Int64) {
        writer.withLock { state in
            guard state.store.remove(document: document) else { return }
            let snapshot = state.store.snapshot
            if snapshot.liveCount == 0 {
                state.store = RowStore()
            } else if snapshot.graph == nil, snapshot.dead.count > snapshot.count / 2,
                let compacted = try? state.store.compacted()
            {
                // Without memory for a copy the dead rows stay, which is only a waste.
                state.store = compacted
            }
            publish(state)
            startWork(&state)
        }
    }
}
