public import OrderedJSON

/// The media types and file extensions that have a converter (`contract/documents.md` 5.5). Only the extension of
/// an upload decides; its declared media type is never looked at.
public enum AcceptedFileTypes {
    /// Media type and its extensions, in the order of the answer.
    public static let rows: [(type: String, extensions: [String])] = [
        ("text/plain", [".txt", ".md", ".org", ".adoc", ".rst"]),
        ("text/html", [".html"]),
        ("text/csv", [".csv"]),
        ("application/json", [".json"]),
        (office + "wordprocessingml.document", [".docx"]),
        (office + "presentationml.presentation", [".pptx"]),
        (office + "spreadsheetml.sheet", [".xlsx"]),
        ("application/vnd.oasis.opendocument.text", [".odt"]),
        ("application/vnd.oasis.opendocument.presentation", [".odp"]),
        ("application/pdf", [".pdf"]),
        ("application/mbox", [".mbox"]),
        ("audio/wav", [".wav"]),
        ("audio/mpeg", [".mp3"]),
        ("audio/ogg", [".ogg", ".oga"]),
        ("audio/opus", [".opus"]),
        ("audio/mp4", [".m4a"]),
        ("audio/x-m4a", [".m4a"]),
        ("audio/webm", [".webm"]),
        ("video/mp4", [".mp4"]),
        ("video/mpeg", [".mpeg"]),
        ("application/epub+zip", [".epub"]),
        ("image/png", [".png"]),
        ("image/jpeg", [".jpg"]),
        ("image/jpg", [".jpg"]),
        ("image/webp", [".webp"]),
    ]

    /// Every extension of the table, and `.jpeg`, which has a converter without being listed.
    static let extensions = Set(rows.flatMap(\.extensions) + [".jpeg"])

    /// The whole answer: `{"types":{…}}`.
    public static let answer: JSONValue = [
        "types": .object(JSONObject(rows.map { ($0.type, .array($0.extensions.map(JSONValue.string))) }))
    ]

    private static let office = "application/vnd.openxmlformats-officedocument."
}
