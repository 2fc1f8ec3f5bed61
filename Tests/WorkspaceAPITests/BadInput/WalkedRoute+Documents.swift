import HTTPTypes

extension WalkedRoute {
    /// contract/documents.md 4 and 5, system.md 3.1 and 3.7. The statuses 500 are those that the contract names.
    static let documents: [WalkedRoute] = [
        // 4.4: 422 for what is missing, 500 for texts that are none and for null metadata; 3.2 for workspaces.
        WalkedRoute(
            method: .post, template: "v1/document/raw-text", body: rawText, empty: 422, malformed: .document,
            refusals: [400: [.document], 422: [.document], 500: [.document, .conversion]], fields: rawTextFields),
        // 3.1, quirk 3: no form and no file are 500; 3.2 comes first.
        WalkedRoute(
            method: .post, template: "v1/document/upload", empty: 500, malformed: .document,
            refusals: [400: [.document], 422: [.document], 500: [.document, .conversion]],
            fields: [workspaces(good: 500)]),
        WalkedRoute(
            method: .post, template: "v1/document/upload/:folderName", parameters: ["folderName": "plans"], empty: 500,
            malformed: .document, refusals: [400: [.document], 422: [.document], 500: [.document, .conversion]],
            fields: [workspaces(good: 500)], unknown: ["folderName": [500]]),
        // 4.3, quirk 19: every refusal is 500. Links are refused here, so that nothing is fetched; 3.2 comes first.
        WalkedRoute(
            method: .post, template: "v1/document/upload-link", body: link, good: 500, empty: 500,
            malformed: .document, refusals: [400: [.document], 422: [.document], 500: [.conversion]],
            fields: [
                .any("link", 500), .any("scraperHeaders", 500), .any("scraperHeaders.X-A", 500), .any("metadata", 500),
                workspaces(good: 500), WalkedField("metadata.title", allRefused, longText: [422], longArray: [422]),
                WalkedField("metadata.docSource", allRefused, longText: [422], longArray: [422]),
            ]),
        // 5.10: names of another form are 400.
        WalkedRoute(
            method: .get, template: "v1/document/generated-files/:filename",
            parameters: ["filename": "pdf-0f0e7d5c-9d0a-4f3e-8f0e-6a2d8c1b7e11.pdf"], good: 404,
            refusals: [400: [.error], 404: [.error]], unknown: ["filename": [400, 404]]),
        // 5.2: no such folder is 404, a name that normalises to `.` or `/` is 500.
        WalkedRoute(
            method: .get, template: "v1/documents", refusals: [400: [.error], 404: [.pageWithCode], 500: [.plain]],
            queries: [
                "folder": [200, 404, 500], "limit": [200], "offset": [200], "search": [200],
                "updatedSince": [200, 400],
            ]),
        WalkedRoute(
            method: .get, template: "v1/documents/folder/:folderName", parameters: ["folderName": "plans"],
            refusals: [400: [.error], 404: [.page], 500: [.plain]], unknown: ["folderName": [404, 500]],
            queries: ["limit": [200], "offset": [200], "search": [200], "updatedSince": [200, 400]]),
        WalkedRoute(method: .get, template: "v1/document/accepted-file-types"),
        WalkedRoute(method: .get, template: "v1/document/metadata-schema"),
        // 5.4: 500 for `.` and `..`.
        WalkedRoute(
            method: .get, template: "v1/document/:docName", parameters: ["docName": "spare.json"],
            refusals: [404: [.plain], 500: [.plain]], unknown: ["docName": [404, 500]]),
        // Beyond the contract: as raw-text, with the name that the document has.
        WalkedRoute(
            method: .put, template: "v1/document/:docName", parameters: ["docName": "held.json"],
            body: #"{"textContent":"Größe","metadata":{"title":"T"}}"#, empty: 422, malformed: .document,
            refusals: [
                400: [.document], 404: [.document], 422: [.document], 500: [.document, .conversion],
            ], fields: [rawTextFields[0], WalkedField("metadata.docAuthor", longText: [422], longArray: [422])],
            unknown: ["docName": [404]]),
        // 5.7: every refusal is 500. Two texts of the walk that only differ in ill-formed parts are two folders.
        WalkedRoute(
            method: .post, template: "v1/document/create-folder", body: #"{"name":"Größe"}"#, empty: 500,
            malformed: .folder, refusals: [400: [.folder], 500: [.folder]],
            fields: [WalkedField("name", nameKinds + [([500], [.null, .emptyText])], longText: [500])]),
        // 5.8: unknown folders are no error.
        WalkedRoute(
            method: .delete, template: "v1/document/remove-folder", body: #"{"name":"plans"}"#, malformed: .folder,
            refusals: [400: [.folder], 500: [.folder]], fields: [WalkedField("name", nameKinds)]),
        // 5.9: whatever cannot be moved is 500.
        WalkedRoute(
            method: .post, template: "v1/document/move-files",
            body: #"{"files":[{"from":"plans/spare.json","to":"plans/größe.json"}]}"#, empty: 500, malformed: .folder,
            refusals: [400: [.folder], 500: [.folder]],
            fields: [
                WalkedField(
                    "files", notLists + [([200, 500], [.array])], longText: [500],
                    longArray: [500]),
                .any("files.0", 500), .any("files.0.from", 500), .any("files.0.to", 500),
            ]),
        WalkedRoute(method: .get, template: "v1/system/vector-count"),
        // system.md 3.7: no list and no text are 500, unknown names are no error; a text is a list of characters.
        WalkedRoute(
            method: .delete, template: "v1/system/remove-documents", body: #"{"names":["plans/spare.json"]}"#,
            empty: 500, refusals: [400: [.error], 500: [.plain]],
            fields: [
                WalkedField(
                    "names",
                    [
                        ([500], [.null, .bool, .number, .hugeNumber, .object]),
                        ([200, 500], [.text, .emptyText, .oddText, .array]),
                    ], longText: [500], longArray: [200, 500]),
                .text("names.0", refusedWith: 500),
            ]),
    ]

    private typealias Statuses = [(status: Set<Int>, kinds: [HostileValue])]

    private static let allRefused: Statuses = [([500], HostileValue.allCases)]

    private static let link = #"""
        {"link":"http://10.0.0.1/Größe","scraperHeaders":{"X-A":"b"},"metadata":{"title":"T","docSource":"s"},\#
        "addToWorkspaces":"ops"}
        """#

    private static let rawText = #"""
        {"textContent":"Größe","metadata":{"title":"T","docAuthor":"a","description":"d","docSource":"s",\#
        "chunkSource":"c","url":"https://a.test","published":0},"addToWorkspaces":"ops"}
        """#

    /// 4.4 and 3.2; falsy values are missing, other types are what cannot be processed.
    private static let rawTextFields: [WalkedField] =
        [
            WalkedField(
                "textContent",
                [
                    ([422], [.null, .emptyText]), ([422, 500], [.bool, .number, .array]),
                    ([500], [.hugeNumber, .object]),
                ], longArray: [500]),
            WalkedField(
                "metadata",
                [
                    ([500], [.null]),
                    ([422], [.bool, .number, .hugeNumber, .text, .emptyText, .oddText, .array, .object]),
                ]),
            WalkedField(
                "metadata.title",
                [
                    ([422], [.null, .emptyText]), ([422, 500], [.bool, .number]),
                    ([500], [.hugeNumber, .array, .object]),
                ], longText: [422]),
            workspaces(good: 200),
        ]
        + ["docAuthor", "description", "docSource", "chunkSource", "url"].map {
            WalkedField("metadata." + $0, longText: [422], longArray: [422])
        } + ["published", "unknown"].map { WalkedField("metadata." + $0) }

    /// 3.2: falsy values are none, a text is a list of slugs.
    ///
    /// - Parameter good: status of the request when the field is accepted.
    private static func workspaces(good: Int) -> WalkedField {
        WalkedField(
            "addToWorkspaces",
            [
                ([good], [.null, .text, .emptyText, .oddText]), ([good, 422], [.bool, .number]),
                ([422], [.hugeNumber, .array, .object]),
            ])
    }

    private static let nameKinds: Statuses = [([500], [.bool, .number, .hugeNumber, .array, .object])]
    private static let notLists: Statuses = [
        ([500], [.null, .bool, .number, .hugeNumber, .text, .emptyText, .oddText, .object])
    ]
}
