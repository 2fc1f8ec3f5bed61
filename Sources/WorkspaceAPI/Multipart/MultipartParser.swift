import Foundation

/// A streaming parser for `multipart/form-data` (RFC 7578, RFC 2046 section 5.1): bytes in, events out, no I/O.
///
/// A boundary cannot contain a carriage return, so a delimiter (CRLF, two hyphens, boundary) can only begin where
/// a carriage return stands. That makes the search a `memchr`, and a delimiter that is cut by the end of a chunk
/// needs no buffer: the number of its bytes that matched is enough to hand them out as data later.
struct MultipartParser: Sendable {
    /// Bytes that the header lines of one part may have.
    static let maximumHeaderSize = 16_384

    /// White space that a boundary may have behind it; a longer run makes the line content.
    private static let maximumPadding = 64

    private enum State: Equatable {
        case content
        /// After a delimiter: `--` ends the form, CRLF begins a part, white space may precede it.
        case delimiter
        case header
        case ended
    }

    private let delimiter: [UInt8]
    private var state = State.content
    /// Bytes of the delimiter that matched so far; a boundary at the very start has no CRLF in front.
    private var matched = 2
    /// What was read after a delimiter, and the header lines of a part.
    private var pending: [UInt8] = []
    /// Whether content belongs to a part that is reported; before the first part and in foreign parts it does not.
    private var isReporting = false

    /// - Parameter contentType: the `Content-Type` of the request.
    /// - Throws: ``MultipartError/unsupportedContentType(_:)``, ``MultipartError/boundaryNotFound``.
    init(contentType: String) throws(MultipartError) {
        let header = HeaderParameters(Array(contentType.utf8)[...])
        guard header.value == "multipart/form-data" else { throw .unsupportedContentType(header.value) }
        guard let boundary = header["boundary"], !boundary.isEmpty, boundary.utf8.count <= 256,
            !boundary.utf8.contains(0x0D)
        else { throw .boundaryNotFound }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Whether a request with this `Content-Type` is meant as a form at all.
    static func isMultipart(_ contentType: String) -> Bool {
        HeaderParameters(Array(contentType.utf8)[...]).value.hasPrefix("multipart/")
    }

    /// Parses the next bytes of the body.
    ///
    /// - Returns: what they contain, in order.
    /// - Throws: ``MultipartError/malformedPartHeader``; the parser must not be used afterwards.
    mutating func parse(_ chunk: ArraySlice<UInt8>) throws(MultipartError) -> [MultipartEvent] {
        var events: [MultipartEvent] = []
        var index = chunk.startIndex
        while index < chunk.endIndex {
            switch state {
            case .content: index = content(chunk[index...], &events)
            case .delimiter: index = afterDelimiter(chunk[index...], &events)
            case .header: index = try header(chunk[index...], &events)
            case .ended: return events
            }
        }
        return events
    }

    mutating func parse(_ chunk: [UInt8]) throws(MultipartError) -> [MultipartEvent] { try parse(chunk[...]) }

    /// Says that the body has ended.
    ///
    /// - Throws: ``MultipartError/unexpectedEnd`` when its closing boundary has not been seen.
    func finish() throws(MultipartError) {
        guard state == .ended else { throw .unexpectedEnd }
    }
}

extension MultipartParser {
    /// Reads content up to a delimiter or the end of the chunk; answers where to go on.
    private mutating func content(_ chunk: ArraySlice<UInt8>, _ events: inout [MultipartEvent]) -> Int {
        let start = chunk.startIndex
        var index = start
        while index < chunk.endIndex {
            if matched == 0 {
                index = Self.firstCarriageReturn(in: chunk, from: index)
                if index == chunk.endIndex { break }
                matched = 1
                index += 1
            } else if chunk[index] == delimiter[matched] {
                matched += 1
                index += 1
                if matched == delimiter.count {
                    report(chunk[start..<max(start, index - matched)], &events)
                    state = .delimiter
                    pending = []
                    return index
                }
            } else {
                // What matched at the end of earlier chunks was content after all.
                let carried = matched - (index - start)
                if carried > 0 { report(delimiter[..<carried], &events) }
                matched = 0
            }
        }
        report(chunk[start..<max(start, chunk.endIndex - matched)], &events)
        return chunk.endIndex
    }

    private static func firstCarriageReturn(in chunk: ArraySlice<UInt8>, from index: Int) -> Int {
        chunk.withUnsafeBytes { bytes in
            let offset = index - chunk.startIndex
            guard let base = bytes.baseAddress, let found = memchr(base + offset, 0x0D, bytes.count - offset) else {
                return chunk.endIndex
            }
            return chunk.startIndex + (UnsafeRawPointer(found) - base)
        }
    }

    private func report(_ data: ArraySlice<UInt8>, _ events: inout [MultipartEvent]) {
        if isReporting, !data.isEmpty { events.append(.data(data)) }
    }

    private mutating func afterDelimiter(_ chunk: ArraySlice<UInt8>, _ events: inout [MultipartEvent]) -> Int {
        let byte = chunk[chunk.startIndex]
        let isPadding = pending.count < Self.maximumPadding && pending.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        switch (pending.last, byte) {
        case (UInt8(ascii: "-")?, UInt8(ascii: "-")):
            endPart(&events)
            events.append(.end)
            state = .ended
        case (0x0D?, 0x0A):
            endPart(&events)
            state = .header
            pending = []
            return chunk.startIndex + 1
        case (nil, UInt8(ascii: "-")),
            (_, 0x0D) where isPadding, (_, 0x20) where isPadding, (_, 0x09) where isPadding:
            pending.append(byte)
        default:
            // The boundary was only the beginning of a longer line, which is content.
            report(delimiter[...], &events)
            report(pending[...], &events)
            state = .content
            matched = 0
            return chunk.startIndex
        }
        return chunk.startIndex + 1
    }

    private mutating func endPart(_ events: inout [MultipartEvent]) {
        if isReporting { events.append(.partEnd) }
        isReporting = false
    }

    private mutating func header(
        _ chunk: ArraySlice<UInt8>, _ events: inout [MultipartEvent]
    ) throws(MultipartError) -> Int {
        var index = chunk.startIndex
        while index < chunk.endIndex {
            pending.append(chunk[index])
            index += 1
            guard pending.count <= Self.maximumHeaderSize else { throw .malformedPartHeader }
            if chunk[index - 1] == 0x0A, pending == [0x0D, 0x0A] || pending.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] {
                if let part = try MultipartHeader.part(from: pending) {
                    events.append(.partBegin(part))
                    isReporting = true
                }
                state = .content
                matched = 0
                pending = []
                return index
            }
        }
        return index
    }
}
