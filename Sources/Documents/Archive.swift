/// The wanted members of a ZIP archive in memory, as bsdtar unpacks them.
///
/// The program writes one stream and no files, so that names inside an archive (`../x`, links, devices) never become
/// paths, and what an archive unpacks to is counted while it does. The stream is cpio of the kind `newc`: for each
/// member a head of hexadecimal numbers, the name, and the content.
struct Archive: Sendable {
    private(set) var members: [String: [UInt8]] = [:]

    /// - Parameters:
    ///   - patterns: names with `*`, as bsdtar takes them.
    ///   - refusal: the reason when it is no archive, or a damaged one.
    static func read(
        _ patterns: [String], of conversion: Conversion, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> Archive {
        // Other kinds of archives are no business of office formats.
        guard conversion.file.bytes.starts(with: "PK".utf8) else { throw refusal }
        let stream = try await conversion.output(
            of: .archive,
            ["-c", "-f", "-", "--format", "newc"] + patterns.flatMap { ["--include", $0] } + ["@" + Conversion.input],
            in: try conversion.scratch(), else: refusal)
        guard let archive = Archive(stream: stream) else { throw refusal }
        return archive
    }

    /// - Returns: nil for a stream that is none.
    init?(stream: [UInt8]) {
        var rest = stream[...]
        while rest.starts(with: Self.mark) {
            guard let size = Self.number(rest, Self.sizeField), let nameSize = Self.number(rest, Self.nameField),
                nameSize > 0, let contentStart = Self.padded(Self.headSize + nameSize, upTo: rest.count),
                let end = Self.padded(contentStart + size, upTo: rest.count)
            else { return nil }
            let first = rest.startIndex
            let name = rest[(first + Self.headSize)..<(first + Self.headSize + nameSize - 1)]
            let content = rest[(first + contentStart)..<(first + contentStart + size)]
            members[String(decoding: name, as: UTF8.self)] = Array(content)
            rest = rest[(first + end)...]
        }
        guard !stream.isEmpty else { return nil }
        members["TRAILER!!!"] = nil
    }

    subscript(_ name: String) -> [UInt8]? { members[name] }

    private static let mark = Array("070701".utf8)
    private static let headSize = 110
    /// Offsets of fields of eight digits: cpio(5), "New ASCII Format".
    private static let sizeField = 54
    private static let nameField = 94

    private static func number(_ head: ArraySlice<UInt8>, _ offset: Int) -> Int? {
        guard head.count >= headSize else { return nil }
        let digits = head[(head.startIndex + offset)..<(head.startIndex + offset + 8)]
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// The next multiple of four; nil beyond the end.
    private static func padded(_ position: Int, upTo end: Int) -> Int? {
        let padded = (position + 3) & ~3
        return padded <= end ? padded : nil
    }
}
