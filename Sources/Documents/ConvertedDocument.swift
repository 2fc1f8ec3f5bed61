/// What a converter makes of a file, before the client's metadata and the bookkeeping come to it.
struct ConvertedDocument: Sendable, Equatable {
    /// Where a document of several in one file is kept.
    enum Place: Sendable, Equatable {
        /// `custom-documents/<file>-<id>.json`
        case alone
        /// `custom-documents/<file>-<id>-msg-<k + 1>.json`; counted from 1.
        case message(Int)
        /// `<file>-<4 hex>/sheet-<name>.json`; the name is a slug and the only one of its file.
        case sheet(String)
    }

    var text: String
    /// Replaces the file's name as the title; nil keeps it.
    var title: String?
    var docAuthor: String
    var description: String
    var docSource: String
    var place = Place.alone

    var isSheet: Bool { if case .sheet = place { true } else { false } }
}
