/// Collects the members of one object, from a parser or a list.
///
/// The first members are compared one by one; beyond ``linearLimit`` the places of all keys are kept in a
/// dictionary, so that an object with a hundred thousand keys costs linear time and not quadratic.
struct JSONObjectBuilder {
    static let linearLimit = 32

    private(set) var object = JSONObject()
    private var places: [[UInt8]: Int] = [:]

    mutating func add(_ key: String, _ value: JSONValue) {
        if object.count < Self.linearLimit {
            object[key] = value
            return
        }
        if places.isEmpty {
            for (place, member) in object.members.enumerated() { places[Array(member.key.utf8)] = place }
        }
        let bytes = Array(key.utf8)
        if let place = places[bytes] {
            object.replace(at: place, value)
        } else {
            places[bytes] = object.count
            object.append(key, value)
        }
    }
}
