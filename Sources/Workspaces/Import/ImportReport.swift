/// What an import has done, or would do.
public struct ImportReport: Sendable, Equatable {
    public struct Count: Sendable, Equatable {
        /// Rows or files of the source.
        public var found = 0
        /// Taken over by this run.
        public var imported = 0
        /// Taken over by an earlier run, or there already.
        public var present = 0
        /// Cannot be taken over; the notes and reasons say why.
        public var left: Int { found - imported - present }
    }

    public var workspaces = Count()
    public var threads = Count()
    public var chats = Count()
    public var documents = Count()
    /// Documents in workspaces.
    public var placements = Count()
    public var settings = Count()
    /// Commands in messages.
    public var presets = Count()
    /// Variables in system prompts.
    public var variables = Count()
    public var keys = Count()
    /// Documents whose cached vectors were taken.
    public var reusedVectors = 0
    /// Documents that were embedded again, or would be.
    public var embedded = 0
    /// Documents that could not be embedded; the next run tries them again.
    public var failures = 0
    /// Single things that the administrator should know, a sentence each.
    public var notes: [String] = []
    /// How often something happened that would make too many notes, by its sentence.
    public var reasons: [String: Int] = [:]

    mutating func note(_ sentence: String) { notes.append(sentence) }

    mutating func count(_ reason: String, _ number: Int = 1) {
        if number > 0 { reasons[reason, default: 0] += number }
    }
}
