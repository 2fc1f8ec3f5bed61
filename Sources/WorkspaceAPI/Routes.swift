import Hummingbird
public import Workspaces

/// Every route of the API, as its clients know it. Fixed parts match in any case, one trailing slash is tolerated,
/// `HEAD` works wherever `GET` does.
public enum Routes {
    public static func responder(_ dependencies: Dependencies) -> APIResponder {
        let (exact, anyCase) = (router([]), router(.caseInsensitive))
        let table = RouteTable(groups: [exact, anyCase].map { $0.group("api") }, dependencies: dependencies)
        table.open(.get, "ping", Ping.self)
        workspaces(table)
        threads(table)
        documents(table)
        jobs(table)
        return APIResponder(exact: exact.buildResponder(), anyCase: anyCase.buildResponder())
    }

    private static func router(_ options: RouterOptions) -> Router<APIRequestContext> {
        let router = Router(context: APIRequestContext.self, options: options.union(.autoGenerateHeadEndpoints))
        router.add(middleware: CrossOrigin())
        router.add(middleware: AnswerErrors())
        router.add(middleware: RejectMalformedPaths())
        return router
    }

    private static func workspaces(_ table: RouteTable) {
        table.keyed(.get, "v1/auth", Auth.self)
        table.keyed(.post, "v1/workspace/:slug", NewWorkspace.self)
        table.keyed(.get, "v1/workspaces", ListWorkspaces.self)
        table.keyed(.get, "v1/workspace/:slug", GetWorkspace.self)
        table.keyed(.delete, "v1/workspace/:slug", RemoveWorkspace.self)
        table.keyed(.post, "v1/workspace/:slug/update", UpdateWorkspaceSettings.self)
        table.keyed(.post, "v1/workspace/:slug/update-embeddings", UpdateWorkspaceEmbeddings.self)
        table.keyed(.post, "v1/workspace/:slug/update-pin", UpdateDocumentPin.self)
        table.keyed(.post, "v1/workspace/:slug/vector-search", VectorSearch.self)
        table.keyed(.post, "v1/vector-search", SearchWorkspaces.self)
        table.keyed(.get, "v1/workspace/:slug/chats", WorkspaceChats.self)
        table.keyed(.delete, "v1/workspace/:slug/chats", RemoveWorkspaceChats.self)
        table.keyed(.get, "v1/workspace/:slug/chats/search", SearchWorkspaceChats.self)
        table.keyed(.post, "v1/workspace/:slug/chat", WorkspaceChat.self)
        table.keyed(.post, "v1/workspace/:slug/stream-chat", WorkspaceStreamChat.self)
    }

    private static func threads(_ table: RouteTable) {
        table.keyed(.post, "v1/workspace/:slug/thread/:threadSlug", NewThread.self)
        table.keyed(.post, "v1/workspace/:slug/thread/:threadSlug/update", UpdateThread.self)
        table.keyed(.get, "v1/workspace/:slug/threads", ListThreads.self)
        table.keyed(.get, "v1/workspace/:slug/thread/:threadSlug", GetThread.self)
        table.keyed(.delete, "v1/workspace/:slug/thread/:threadSlug", RemoveThread.self)
        table.keyed(.get, "v1/workspace/:slug/thread/:threadSlug/chats", ThreadChats.self)
        table.keyed(.delete, "v1/workspace/:slug/thread/:threadSlug/chats", RemoveThreadChats.self)
        table.keyed(.post, "v1/workspace/:slug/thread/:threadSlug/chat", ThreadChat.self)
        table.keyed(.post, "v1/workspace/:slug/thread/:threadSlug/stream-chat", ThreadStreamChat.self)
    }

    private static func documents(_ table: RouteTable) {
        table.keyed(.post, "v1/document/raw-text", RawText.self)
        table.keyed(.post, "v1/document/upload", Upload.self)
        table.keyed(.post, "v1/document/upload/:folderName", Upload.self)
        table.keyed(.post, "v1/document/upload-link", UploadLink.self)
        table.keyed(.get, "v1/documents", ListDocuments.self)
        table.keyed(.get, "v1/documents/folder/:folderName", ListFolder.self)
        table.keyed(.get, "v1/document/accepted-file-types", AcceptedFileTypes.self)
        table.keyed(.get, "v1/document/metadata-schema", MetadataSchema.self)
        table.keyed(.get, "v1/document/generated-files/:filename", GeneratedFiles.self)
        table.keyed(.get, "v1/document/:docName", GetDocument.self)
        table.keyed(.put, "v1/document/:docName", ReplaceDocumentContent.self)
        table.keyed(.post, "v1/document/create-folder", CreateFolder.self)
        table.keyed(.delete, "v1/document/remove-folder", RemoveFolder.self)
        table.keyed(.post, "v1/document/move-files", MoveFiles.self)
        table.keyed(.get, "v1/system/vector-count", VectorCount.self)
        table.keyed(.delete, "v1/system/remove-documents", DeleteDocuments.self)
    }

    private static func jobs(_ table: RouteTable) {
        table.keyed(.get, "v1/jobs", ListJobs.self)
        table.keyed(.get, "v1/jobs/:id", GetJob.self)
        table.keyed(.get, "v1/jobs/:id/events", JobEvents.self)
        table.keyed(.delete, "v1/jobs/:id", CancelJob.self)
    }
}
