/// A passage of a document with its vector (f32, unit length).
public struct PassageRecord: Sendable, Equatable {
    public var text: String
    public var vector: [Float]

    public init(text: String, vector: [Float]) {
        self.text = text
        self.vector = vector
    }
}
