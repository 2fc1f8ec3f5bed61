/// What came of a tool call, for the model.
public struct ToolResult: Sendable, Equatable {
    public var callID: String
    public var text: String
    public var isError: Bool

    public init(callID: String, text: String, isError: Bool = false) {
        self.callID = callID
        self.text = text
        self.isError = isError
    }
}
