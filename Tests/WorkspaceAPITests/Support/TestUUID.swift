/// Version 4 UUIDs that can be told apart and foreseen.
enum TestUUID {
    static func number(_ number: Int64) -> String {
        let digits = String(number, radix: 16)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
