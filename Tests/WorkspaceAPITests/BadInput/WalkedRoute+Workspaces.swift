import HTTPTypes

extension WalkedRoute {
    /// contract/workspaces.md 4 to 8, vectors.md 2, 6 and 7, chat.md 3 and 12.2.
    static let workspaces: [WalkedRoute] = [
        WalkedRoute(method: .get, template: "ping"),
        WalkedRoute(method: .get, template: "v1/auth"),
        // 4.2: 400 for a name that is none, 400 for numbers that no column holds; the rest is coerced (3.2).
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug", parameters: ["slug": "new"], body: settings, empty: 400,
            malformed: .workspace, refusals: [400: [.workspace], 404: [.plain]],
            fields: [WalkedField.text("name", refusedWith: 400, empty: 400)] + coerced, unknown: ["slug": [404]]),
        WalkedRoute(method: .get, template: "v1/workspaces"),
        // WQ-2: an unknown slug is an empty list.
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug", parameters: ops, unknown: ["slug": [200]]),
        WalkedRoute(
            method: .delete, template: "v1/workspace/:slug", parameters: ops, refusals: [400: [.plain]],
            unknown: ["slug": [400]]),
        // 7: any name is coerced; numbers beyond 32 bits are 400 (WQ-10).
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/update", parameters: ops, body: settings,
            malformed: .workspace, refusals: [400: [.workspace, .plain]], fields: [WalkedField("name")] + coerced,
            unknown: ["slug": [400]]),
        // vectors.md 6.5: 400 before anything is done; unknown paths are skipped, to delete the empty one too.
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/update-embeddings", parameters: ops,
            body: #"{"adds":["plans/spare.json"],"deletes":["plans/held.json"]}"#, refusals: [400: [.error, .plain]],
            fields: [
                list("adds"), .text("adds.0", refusedWith: 400, empty: 400),
                list("deletes"), .text("deletes.0", refusedWith: 400),
            ], unknown: ["slug": [400]]),
        // vectors.md 7: 404 for whatever is no docpath, 400 for a status that is no boolean.
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/update-pin", parameters: ops,
            body: #"{"docPath":"plans/held.json","pinStatus":true}"#, empty: 400,
            refusals: [400: [.error, .plain], 404: [.plain]],
            fields: [
                .any("docPath", 404),
                WalkedField(
                    "pinStatus",
                    [([400], [.number, .hugeNumber, .text, .emptyText, .oddText, .array, .object])]),
            ], unknown: ["slug": [400]]),
        // vectors.md 2.1 and 2.2.
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/vector-search", parameters: ops,
            body: search("\"query\":\"Lieferung für June\""), empty: 400, malformed: .message,
            refusals: [400: [.message]], fields: searchFields, unknown: ["slug": [400]]),
        // Carrel's own; the list may name a workspace or two.
        WalkedRoute(
            method: .post, template: "v1/vector-search",
            body: search(#""workspaces":["ops","ops"],"query":"June""#), empty: 400, malformed: .message,
            refusals: [400: [.message]],
            fields: searchFields + [.any("workspaces", 400), .any("workspaces.0", 400)]),
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug/chats", parameters: ops, refusals: [400: [.plain, .error]],
            unknown: ["slug": [400]],
            queries: ["limit": [200], "orderBy": [200], "apiSessionId": [200], "cursor": [200, 400]]),
        // Beyond the contract: what is meant must be said, and in dates.
        WalkedRoute(
            method: .delete, template: "v1/workspace/:slug/chats", parameters: ops, query: "apiSessionId=none",
            refusals: [400: [.message], 404: [.message]], unknown: ["slug": [404]],
            queries: ["apiSessionId": [200, 400], "before": [200, 400], "since": [200, 400]]),
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug/chats/search", parameters: ops, query: "q=delivery",
            refusals: [400: [.message], 404: [.message]], unknown: ["slug": [404]],
            queries: ["q": [200, 400], "limit": [200]]),
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/chat", parameters: ops, body: chat, empty: 400,
            malformed: .abort, refusals: [400: [.abort]], fields: chatFields, unknown: ["slug": [400]]),
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/stream-chat", parameters: ops, body: chat, empty: 400,
            malformed: .abort, refusals: [400: [.abort]], fields: chatFields, unknown: ["slug": [400]]),
    ]

    static let ops = ["slug": "ops"]

    private static func search(_ start: String) -> String {
        #"{\#(start),"topN":2,"scoreThreshold":0.5,"mode":"hybrid","context":1,"maxPerDocument":2,"#
            + #""chunkPosition":true,"filter":{"and":[{"title":{"ne":"ü"}},{"wordCount":{"gte":0,"lt":1e9}}]}}"#
    }

    /// vectors.md 2.1; Carrel's own are refused unless they are null or right.
    private static let searchFields: [WalkedField] =
        [.text("query", refusedWith: 400, empty: 400), .any("topN"), .any("scoreThreshold")]
        + [
            WalkedField("mode", [([400], wrong(.null))]),
            WalkedField("context", [([400], wrong(.null, .number)), ([200, 400], [.number])]),
            WalkedField("maxPerDocument", [([400], wrong(.null, .number)), ([200, 400], [.number])]),
            WalkedField("chunkPosition", [([400], wrong(.null, .bool))]),
            WalkedField("filter", [([400], wrong(.null))]),
            WalkedField("filter.and", [([400], HostileValue.allCases)]),
            WalkedField("filter.and.0", [([400], HostileValue.allCases)]),
            WalkedField("filter.and.0.title", [([400], HostileValue.allCases)]),
            WalkedField(
                "filter.and.0.title.ne",
                [([400], [.null, .array, .object]), ([200, 400], [.hugeNumber])], longText: [400]),
            WalkedField(
                "filter.and.1.wordCount.gte",
                [([400], [.null, .bool, .array, .object]), ([200, 400], [.hugeNumber])], longText: [400]),
        ]

    private static func wrong(_ right: HostileValue...) -> [HostileValue] {
        HostileValue.allCases.filter { !right.contains($0) }
    }

    private static let settings = #"""
        {"name":"Größe","openAiTemp":0.3,"openAiHistory":10,"similarityThreshold":0.5,"topN":6,"chatMode":"query",\#
        "chatProvider":"extractive","chatModel":"m","agentProvider":"p","agentModel":"m","queryRefusalResponse":"No.",\#
        "openAiPrompt":"Be terse.","vectorSearchMode":"rerank","router_id":3,"lastUpdatedAt":"2026-03-04"}
        """#

    /// workspaces.md 3.2: nothing is refused but numbers that no column of 32 bits holds. 1e308 begins with a 1, and
    /// what is no number is the default.
    private static let coerced: [WalkedField] =
        ["openAiHistory", "topN"].map { WalkedField($0, [([200, 400], [.hugeNumber])]) }
        + [
            WalkedField("router_id", [([200, 400], [.number, .text]), ([400], [.hugeNumber])], longText: [200])
        ]
        + [
            "openAiTemp", "similarityThreshold", "chatMode", "chatProvider", "chatModel", "agentProvider", "agentModel",
            "queryRefusalResponse", "openAiPrompt", "vectorSearchMode", "lastUpdatedAt", "slug", "id",
        ].map { WalkedField($0) }

    /// vectors.md 6.5: a list of texts that are not empty. The long list of texts names nothing that exists.
    private static func list(_ path: String) -> WalkedField {
        WalkedField(
            path,
            [
                ([400], [.null, .bool, .number, .hugeNumber, .text, .emptyText, .oddText, .object]),
                ([200, 400], [.array]),
            ], longText: [400], longArray: [200, 400])
    }

    static let chat = #"""
        {"message":"When is délivery due?","mode":"chat","sessionId":"s","userId":1,"attachments":[{"name":"a.txt",\#
        "mime":"application/anythingllm-document","contentString":"QQ=="}],"reset":false}
        """#

    /// chat.md 1 and 3, CQ-2 to CQ-4, CQ-22: only message and mode are refused.
    static let chatFields: [WalkedField] =
        [
            .text("message", refusedWith: 400, empty: 400),
            WalkedField(
                "mode",
                [([400], [.bool, .number, .hugeNumber, .text, .emptyText, .oddText, .array, .object])]),
        ]
        + [
            "sessionId", "userId", "reset", "attachments", "attachments.0", "attachments.0.name", "attachments.0.mime",
            "attachments.0.contentString",
        ].map { .any($0) }
}
