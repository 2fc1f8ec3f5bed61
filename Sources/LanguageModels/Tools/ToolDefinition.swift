public import OrderedJSON

/// A tool that a model may ask to be called.
public struct ToolDefinition: Sendable, Equatable {
    /// Letters, digits, `_` and `-`, at most 64: what every provider accepts.
    public var name: String
    /// What the tool does and when to use it, for the model.
    public var purpose: String
    /// JSON Schema of the arguments, an object schema.
    public var parameters: JSONValue

    public init(name: String, purpose: String, parameters: JSONValue) {
        self.name = name
        self.purpose = purpose
        self.parameters = parameters
    }
}
