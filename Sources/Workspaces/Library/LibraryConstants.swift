import Documents
public import OrderedJSON

/// What the library takes, for clients that ask before they send.
public enum LibraryConstants {
    /// `{"types":{…}}`
    public static var acceptedFileTypes: JSONValue { AcceptedFileTypes.answer }
    /// `{"schema":{…}}`
    public static var metadataSchema: JSONValue { MetadataSchema.answer }
}
