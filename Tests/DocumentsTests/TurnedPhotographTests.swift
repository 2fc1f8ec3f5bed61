import Testing

@testable import Documents

@Suite("The way up of photographs")
struct TurnedPhotographTests {
    /// Start, Exif with one entry before the orientation, and start of a frame of 16 × 9 pixels.
    private static func jpeg(_ orientation: UInt8, isBigEndian: Bool = true, colors: UInt8 = 3, entries: UInt8 = 2)
        -> [UInt8]
    {
        func short(_ low: UInt8, _ high: UInt8 = 0) -> [UInt8] { isBigEndian ? [high, low] : [low, high] }
        func long(_ low: UInt8) -> [UInt8] { isBigEndian ? [0, 0, 0, low] : [low, 0, 0, 0] }
        let head: [UInt8] = Array((isBigEndian ? "MM" : "II").utf8) + short(42) + long(8)
        let first: [UInt8] = short(0x0F, 0x01) + short(2) + long(1) + [0, 0, 0, 0]
        let second: [UInt8] = short(0x12, 0x01) + short(3) + long(1) + short(orientation) + [0, 0]
        let exif: [UInt8] = Array("Exif\0\0".utf8) + head + short(entries) + first + second
        let frame: [UInt8] = [8, 0, 9, 0, 16, colors]
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + [0xFF, 0xC2, 0, UInt8(frame.count + 2)]
            + frame
    }

    @Test(
        "turned ones are told by their Exif", arguments: [(3, 180), (6, 90), (8, 270)] as [(UInt8, Int)], [true, false])
    func turned(_ orientation: (value: UInt8, degrees: Int), isBigEndian: Bool) throws {
        let photograph = try #require(TurnedPhotograph(Self.jpeg(orientation.value, isBigEndian: isBigEndian)))
        #expect(photograph.rotation == orientation.degrees)
        #expect((photograph.width, photograph.height) == (16, 9))
        let pdf = String(decoding: photograph.pdf, as: UTF8.self)
        #expect(pdf.contains("/MediaBox[0 0 16 9]/Rotate \(orientation.degrees)/"))
    }

    @Test("upright, mirrored, four-coloured, damaged and foreign pictures are not")
    func others() {
        for orientation: UInt8 in [0, 1, 2, 4, 5, 7, 9] { #expect(TurnedPhotograph(Self.jpeg(orientation)) == nil) }
        #expect(TurnedPhotograph(Self.jpeg(6, colors: 4)) == nil)
        #expect(TurnedPhotograph(Self.jpeg(6, entries: 1)) == nil)
        #expect(TurnedPhotograph(Self.jpeg(6, entries: 255)) != nil)
        let whole = Self.jpeg(6)
        for length in 0..<whole.count { #expect(TurnedPhotograph(Array(whole.prefix(length))) == nil) }
        for index in whole.indices {
            // Any byte may be wrong; nothing traps.
            var damaged = whole
            damaged[index] = 0xFF
            _ = TurnedPhotograph(damaged)
        }
        #expect(TurnedPhotograph(Array("\u{89}PNG".utf8)) == nil)
    }
}
