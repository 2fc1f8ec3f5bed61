extension String {
    /// The text cut to `length` UTF-16 code units; a surrogate pair that would be cut in half is left out.
    public func prefix(utf16Length length: Int) -> String {
        guard utf16.count > length else { return self }
        var end = utf16.index(startIndex, offsetBy: length)
        while end.samePosition(in: unicodeScalars) == nil { end = utf16.index(before: end) }
        return String(self[..<end])
    }
}
