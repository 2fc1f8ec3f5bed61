/// The main part of a Word file.
enum WordXML {
    /// - Parameter text: of the only paragraph; none when empty.
    static func document(_ text: String) -> String {
        body(text.isEmpty ? "" : "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>")
    }

    static func body(_ content: String) -> String {
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
            + "<w:body>\(content)</w:body></w:document>"
    }
}
