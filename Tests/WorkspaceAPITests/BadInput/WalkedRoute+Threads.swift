import HTTPTypes

extension WalkedRoute {
    /// contract/threads.md 2 to 7.
    static let threads: [WalkedRoute] = [
        // 2: names of any type become text, a slug that is truthy and no text is 400, users do not exist.
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/thread/:threadSlug",
            parameters: ["slug": "ops", "threadSlug": "new"], body: #"{"name":"Größe","userId":1}"#,
            malformed: .thread, refusals: [400: [.thread, .plain], 404: [.plain]],
            fields: [
                .any("name"), .any("userId"),
                WalkedField("slug", [([200, 400], [.bool, .number]), ([400], [.hugeNumber, .array, .object])]),
            ], unknown: ["slug": [400], "threadSlug": [404]]),
        // 3: a name that is no text is 400, unknown places are 404.
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/thread/:threadSlug/update", parameters: both,
            body: #"{"name":"Größe"}"#, malformed: .thread, refusals: [400: [.thread], 404: [.message]],
            fields: [.text("name", refusedWith: 400)], unknown: ["slug": [404], "threadSlug": [404]]),
        // 4, TQ-9: an unknown thread is no error.
        WalkedRoute(
            method: .delete, template: "v1/workspace/:slug/thread/:threadSlug", parameters: both,
            refusals: [400: [.plain]], unknown: ["slug": [400], "threadSlug": [200]]),
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug/thread/:threadSlug/chats", parameters: both,
            refusals: [400: [.error], 404: [.message]], unknown: ["slug": [404], "threadSlug": [404]],
            queries: ["limit": [200], "orderBy": [200], "cursor": [200, 400]]),
        // Beyond the contract.
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug/threads", parameters: ["slug": "ops"],
            refusals: [404: [.message]], unknown: ["slug": [404]]),
        WalkedRoute(
            method: .get, template: "v1/workspace/:slug/thread/:threadSlug", parameters: both,
            refusals: [404: [.message]], unknown: ["slug": [404], "threadSlug": [404]]),
        WalkedRoute(
            method: .delete, template: "v1/workspace/:slug/thread/:threadSlug/chats", parameters: both,
            query: "before=2026-03-04", refusals: [400: [.message], 404: [.message]],
            unknown: ["slug": [404], "threadSlug": [404]], queries: ["before": [200, 400], "since": [200, 400]]),
        // 6: unknown places are 404 here and 400 in the stream (7).
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/thread/:threadSlug/chat", parameters: both, body: chat,
            empty: 400, malformed: .abort, refusals: [400: [.abort], 404: [.abort]], fields: chatFields,
            unknown: ["slug": [404], "threadSlug": [404]]),
        WalkedRoute(
            method: .post, template: "v1/workspace/:slug/thread/:threadSlug/stream-chat", parameters: both, body: chat,
            empty: 400, malformed: .abort, refusals: [400: [.abort]], fields: chatFields,
            unknown: ["slug": [400], "threadSlug": [400]]),
    ]

    private static let both = ["slug": "ops", "threadSlug": "t1"]
}
