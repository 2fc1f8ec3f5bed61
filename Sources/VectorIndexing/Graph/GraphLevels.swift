/// The levels of the graph, as a function of the row number alone.
///
/// Malkov and Yashunin draw a row's level at random, geometrically with factor 1/M. Here every block of 16 rows sends
/// one row up, every 16 of those one further, and which one is decided by a hash. That has the same distribution, needs
/// no memory, and gives the rows of a level consecutive positions, so that their links lie in a plain array.
enum GraphLevels {
    /// Links of a row on the levels above the ground: M of the paper.
    static let upperWidth = 16
    /// Links of a row on the ground level: 2 M.
    static let groundWidth = 32
    static let highest = 4
    /// Bits of a position that a level drops: 2^4 = M.
    private static let shift: UInt32 = 4

    /// The highest level on which a row stands.
    static func level(of row: UInt32) -> Int {
        var position = row
        var level = 0
        while level < highest && position & 15 == chosen(position >> shift, level) {
            position >>= shift
            level += 1
        }
        return level
    }

    /// Which row of a block goes up; the finalizer of MurmurHash3 spreads every bit of the block's number.
    private static func chosen(_ block: UInt32, _ level: Int) -> UInt32 {
        var mixed = block &* 5 &+ UInt32(level) &+ 1
        mixed = (mixed ^ (mixed >> 16)) &* 0x85EB_CA6B
        mixed = (mixed ^ (mixed >> 13)) &* 0xC2B2_AE35
        return (mixed ^ (mixed >> 16)) & 15
    }

    /// Links that the upper levels of a segment have in all.
    static func upperSlots(rows: Int) -> Int { upperOffset(highest + 1, rows: rows) }

    /// Where the links of a level begin among those of the upper levels.
    static func upperOffset(_ level: Int, rows: Int) -> Int {
        var slots = 0
        var positions = rows
        for _ in 1..<level {
            positions = (positions + 15) / 16
            slots += positions * upperWidth
        }
        return slots
    }

    static func width(_ level: Int) -> Int { level == 0 ? groundWidth : upperWidth }

    /// A row's position among those of its level within a segment.
    static func position(_ place: UInt32, level: Int) -> Int { Int(place >> (shift * UInt32(level))) }
}
