import LibraryClient

/// Counts what became of uploaded documents.
struct UploadReport {
    private var counts: [UploadedDocument.Outcome: Int] = [:]

    mutating func add(_ documents: [UploadedDocument]) {
        for document in documents { counts[document.outcome, default: 0] += 1 }
    }

    /// One line; nil when every document is new.
    var text: String? {
        let (skipped, replaced) = (counts[.skipped, default: 0], counts[.replaced, default: 0])
        if skipped + replaced == 0 { return nil }
        return "documents: \(counts[.stored, default: 0]) new, \(replaced) replaced, \(skipped) there already"
    }
}
