/// A JPEG picture that is not stored the way up in which it is to be seen, as cameras held upright store it.
///
/// Tesseract does not look at the orientation of Exif. As the picture of a PDF page that is turned, it comes upright out
/// of pdftoppm, without another program.
struct TurnedPhotograph: Sendable, Equatable {
    let width: Int
    let height: Int
    /// Clockwise, degrees: 90, 180 or 270.
    let rotation: Int
    private let isGray: Bool
    private let bytes: [UInt8]

    /// - Returns: nil for what is upright, mirrored, no JPEG, or printed in four colours.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var (rotation, frame): (Int?, Frame?) = (nil, nil)
        var rest = bytes[2...]
        while frame == nil, rest.count >= 4, rest[rest.startIndex] == 0xFF {
            let (kind, size) = (rest[rest.startIndex + 1], Self.number(rest.dropFirst(2), isBigEndian: true))
            guard size >= 2, rest.count >= size + 2 else { return nil }
            let content = rest.dropFirst(4).prefix(size - 2)
            switch kind {
            case 0xE1: rotation = rotation ?? Self.rotation(Array(content))
            // Starts of frames; the three others of this row are tables.
            case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(kind): frame = Frame(Array(content))
            default: break
            }
            rest = rest.dropFirst(size + 2)
        }
        guard let rotation, let frame, [1, 3].contains(frame.colors), frame.width > 0, frame.height > 0 else {
            return nil
        }
        (self.bytes, self.rotation) = (bytes, rotation)
        (width, height, isGray) = (frame.width, frame.height, frame.colors == 1)
    }

    /// ITU-T T.81, B.2.2.
    private struct Frame {
        let width, height, colors: Int

        init?(_ content: [UInt8]) {
            guard content.count >= 6 else { return nil }
            height = number(content[1...], isBigEndian: true)
            width = number(content[3...], isBigEndian: true)
            colors = Int(content[5])
        }
    }

    /// Two bytes.
    private static func number(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Int {
        let pair = bytes.prefix(2).map(Int.init)
        guard pair.count == 2 else { return 0 }
        return isBigEndian ? pair[0] << 8 | pair[1] : pair[1] << 8 | pair[0]
    }

    /// The orientation among the first directory's entries of 12 bytes: tag, type, count, value (Exif 2.3, 4.6.2).
    private static func rotation(_ content: [UInt8]) -> Int? {
        guard content.starts(with: Array("Exif\0\0".utf8)), content.count > 14 else { return nil }
        let file = content[6...]
        let isBigEndian = file.starts(with: Array("MM".utf8))
        func number(_ offset: Int) -> Int { Self.number(file.dropFirst(offset), isBigEndian: isBigEndian) }
        // Four bytes, of which no directory that matters needs the upper two.
        let directory = number(isBigEndian ? 6 : 4)
        let entries = (0..<number(directory)).lazy.map { directory + 2 + $0 * 12 }.prefix { $0 + 12 <= file.count }
        guard let entry = entries.first(where: { number($0) == 0x0112 }) else { return nil }
        return [3: 180, 6: 90, 8: 270][number(entry + 8)]
    }

    /// One page of the size of the picture, a point for each pixel.
    var pdf: [UInt8] {
        let drawing = "\(width) 0 0 \(height) 0 0 cm /I Do"
        let objects: [[UInt8]] = [
            Array("<</Type/Catalog/Pages 2 0 R>>".utf8), Array("<</Type/Pages/Count 1/Kids[3 0 R]>>".utf8),
            Array(
                """
                <</Type/Page/Parent 2 0 R/MediaBox[0 0 \(width) \(height)]/Rotate \(rotation)/Contents 4 0 R\
                /Resources<</XObject<</I 5 0 R>>>>>>
                """.utf8),
            Self.stream("", Array(drawing.utf8)),
            Self.stream(
                """
                /Type/XObject/Subtype/Image/Width \(width)/Height \(height)/BitsPerComponent 8\
                /ColorSpace/\(isGray ? "DeviceGray" : "DeviceRGB")/Filter/DCTDecode
                """, bytes),
        ]
        var (file, table) = (Array("%PDF-1.4\n".utf8), "0000000000 65535 f \n")
        for (index, object) in objects.enumerated() {
            let offset = String(file.count)
            table += String(repeating: "0", count: max(0, 10 - offset.count)) + offset + " 00000 n \n"
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let end = "xref\n0 6\n\(table)trailer<</Size 6/Root 1 0 R>>\nstartxref\n\(file.count)\n%%EOF\n"
        return file + Array(end.utf8)
    }

    private static func stream(_ entries: String, _ content: [UInt8]) -> [UInt8] {
        Array("<<\(entries)/Length \(content.count)>>stream\n".utf8) + content + Array("\nendstream".utf8)
    }
}
