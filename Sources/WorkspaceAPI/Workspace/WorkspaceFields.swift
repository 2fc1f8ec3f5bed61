import Foundation
import HTTPTypes
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// Reads the settings of a workspace from a request body, with the coercions of contract/workspaces.md 3.
enum WorkspaceFields {
    /// Keys that are no setting are ignored; a setting is touched only when its key is there.
    ///
    /// - Throws: ``APIError`` for numbers that no column can hold.
    static func changes(_ body: JSONObject) throws -> WorkspaceChanges {
        var changes = WorkspaceChanges()
        if let value = body["name"] { changes.name = .set(name(value)) }
        if let value = body["openAiTemp"] { changes.temperature = .set(temperature(value)) }
        if let value = body["openAiHistory"] { changes.historyLength = .set(try historyLength(value)) }
        if let value = body["lastUpdatedAt"] { changes.lastUpdatedAt = .set(date(value)) }
        if let value = body["openAiPrompt"] { changes.systemPrompt = .set(text(value)) }
        if let value = body["similarityThreshold"] { changes.similarityThreshold = .set(threshold(value)) }
        if let value = body["chatProvider"] { changes.chatProvider = .set(provider(value)) }
        if let value = body["chatModel"] { changes.chatModel = .set(text(value)) }
        if let value = body["topN"] { changes.topN = .set(try topN(value)) }
        if let value = body["chatMode"] { changes.chatMode = .set(chatMode(value)) }
        if let value = body["agentProvider"] { changes.agentProvider = .set(provider(value)) }
        if let value = body["agentModel"] { changes.agentModel = .set(text(value)) }
        if let value = body["queryRefusalResponse"] { changes.refusal = .set(text(value)) }
        if let value = body["vectorSearchMode"] {
            changes.vectorSearchMode = .set(VectorSearchMode(word: value.stringValue))
        }
        if let value = body["router_id"] { changes.routerId = .set(try routerId(value)) }
        return changes
    }

    private static func name(_ value: JSONValue) -> String {
        guard let text = text(value) else { return "My Workspace" }
        return text.prefix(utf16Length: 255)
    }

    /// Texts keep their white space; empty and other types are null.
    private static func text(_ value: JSONValue) -> String? {
        guard let text = value.stringValue, !text.isEmpty else { return nil }
        return text
    }

    private static func provider(_ value: JSONValue) -> String? {
        text(value).flatMap { $0 == "none" ? nil : $0 }
    }

    private static func temperature(_ value: JSONValue) -> Double? {
        guard let number = JavaScriptNumber.parseFloat(value), number >= 0, number.isFinite else { return nil }
        return number
    }

    private static func threshold(_ value: JSONValue) -> Double {
        guard let number = JavaScriptNumber.parseFloat(value) else { return 0.25 }
        return min(max(number, 0), 1)
    }

    private static func historyLength(_ value: JSONValue) throws -> Int {
        guard let number = JavaScriptNumber.parseInt(value), number.isFinite else { return 20 }
        return try column(max(number, 0), "openAiHistory")
    }

    private static func topN(_ value: JSONValue) throws -> Int {
        guard let number = JavaScriptNumber.parseInt(value), number.isFinite else { return 4 }
        return try column(max(number, 1), "topN")
    }

    private static func routerId(_ value: JSONValue) throws -> Int? {
        guard value != .null, value != "", value != "none", let number = JavaScriptNumber.number(value) else {
            return nil
        }
        return try column(number, "router_id")
    }

    private static func chatMode(_ value: JSONValue) -> ChatMode {
        value.stringValue.flatMap(ChatMode.init(rawValue:)) ?? .standard
    }

    /// Milliseconds since 1970; now for what is no date.
    private static func date(_ value: JSONValue) -> Int64 {
        DateText.milliseconds(value) ?? Int64(Date().timeIntervalSince1970 * 1000)
    }

    /// Whole numbers of 32 bits, as the reference's columns hold them.
    private static func column(_ number: Double, _ key: String) throws -> Int {
        guard let integer = Int32(exactly: number) else {
            throw APIError(.badRequest, .workspace, "\(key) must be a whole number of at most 32 bits.")
        }
        return Int(integer)
    }
}
