/// The parts of Carrel's answers that the benchmarks look at.
enum Replies {
    /// `POST /v1/workspace/new`.
    struct NewWorkspace: Decodable {
        struct Workspace: Decodable {
            var slug: String
        }
        var workspace: Workspace
    }

    /// `GET /v1/workspace/:slug`.
    struct Workspaces: Decodable {
        var workspace: [NewWorkspace.Workspace]
    }

    /// `GET /v1/workspaces`.
    struct WorkspaceList: Decodable {
        var workspaces: [NewWorkspace.Workspace]
    }

    /// `POST /v1/workspace/:slug/vector-search`.
    struct Search: Decodable {
        struct Hit: Decodable {
            var id: String
            var text: String
            var score: Double
        }
        var results: [Hit]
    }

    /// `POST /v1/document/raw-text`.
    struct Stored: Decodable {
        var success: Bool
    }

    /// `GET /v1/system/vector-count`.
    struct VectorCount: Decodable {
        var vectorCount: Int
    }
}
