import OrderedJSON
import Storage
import Testing

@testable import Workspaces

@Suite("Tables of metadata for filters")
struct FieldTablesTests {
    private let database: CarrelDatabase
    private let workspaces: [Int64]

    init() throws {
        database = try CarrelDatabase()
        workspaces = try database.write { transaction in
            try ["a", "b"].map { slug in
                var record = WorkspaceRecord(name: slug, slug: slug, createdAt: 0)
                try transaction.insert(&record)
                return try #require(record.id)
            }
        }
    }

    @discardableResult
    private func add(_ number: Int, to workspace: Int64, metadata: String = "{}", _ attributes: String) throws -> Int64
    {
        try database.write { transaction in
            var row = WorkspaceDocumentRecord(
                docId: "\(workspace)-\(number)", filename: "\(number)", docpath: "d/\(number)", workspaceId: workspace,
                metadata: metadata, createdAt: 0)
            row.attributes = attributes
            try transaction.insert(&row)
            return try #require(row.id)
        }
    }

    /// What the tables say, which must be what each document says for itself.
    private func matching(_ tables: FieldTables, _ filter: MetadataFilter, in workspaces: [Int64]) throws -> Set<Int64>
    {
        try database.read { transaction in
            var expected: Set<Int64> = []
            for row in try workspaces.flatMap({ try transaction.workspaceDocuments(workspaceId: $0) }) {
                let fields = DocumentFields(metadata: row.metadata, attributes: row.attributes)
                if filter.accepts(fields) { expected.insert(try #require(row.id)) }
            }
            let found = try tables.matching(filter, workspaceIds: workspaces, transaction)
            #expect(found == expected)
            return found
        }
    }

    private let recent = MetadataFilter.compares(.gte, 2020, field: "year")

    @Test("documents that come, change and go are seen by the next filter")
    func changes() throws {
        let tables = FieldTables()
        let first = try add(1, to: workspaces[0], #"{"year":2021}"#)
        #expect(try matching(tables, recent, in: workspaces) == [first])
        let second = try add(2, to: workspaces[0], #"{"year":2022,"tags":["x","y"]}"#)
        let other = try add(3, to: workspaces[1], metadata: #"{"year":2023}"#, "{}")
        #expect(try matching(tables, recent, in: workspaces) == [first, second, other])
        #expect(try matching(tables, recent, in: [workspaces[1]]) == [other])
        try database.write { transaction in
            try transaction.replaceContent(
                workspaceDocumentId: first, metadata: "{}", attributes: #"{"year":1999}"#, at: 1)
            try transaction.noteIndexChange(workspaceId: workspaces[0], workspaceDocumentId: first)
        }
        #expect(try matching(tables, recent, in: workspaces) == [second, other])
        #expect(try matching(tables, .not(recent), in: workspaces) == [first])
        try database.write { try $0.deleteWorkspaceDocument(id: second) }
        #expect(try matching(tables, recent, in: workspaces) == [other])
    }

    @Test("a field that was not asked for before is read, and the others stay")
    func furtherFields() throws {
        let tables = FieldTables()
        let first = try add(1, to: workspaces[0], #"{"year":2021,"tags":["x","y"]}"#)
        try add(2, to: workspaces[0], #"{"year":2021,"ta\u0308g":1}"#)
        #expect(try matching(tables, recent, in: workspaces).count == 2)
        let both = MetadataFilter.all([recent, .isOne(of: ["y"], field: "tags")])
        #expect(try matching(tables, both, in: workspaces) == [first])
        #expect(try matching(tables, .exists(field: "t\u{e4}g"), in: workspaces).isEmpty)
        #expect(try matching(tables, .exists(field: "ta\u{308}g"), in: workspaces).count == 1)
        for number in 0..<20 { #expect(try matching(tables, .exists(field: "f\(number)"), in: workspaces).isEmpty) }
        #expect(try matching(tables, both, in: workspaces) == [first])
    }

    @Test("a state that the database has forgotten is read anew")
    func forgotten() throws {
        let tables = FieldTables()
        let first = try add(1, to: workspaces[0], #"{"year":2021}"#)
        #expect(try matching(tables, recent, in: workspaces) == [first])
        let second = try add(2, to: workspaces[0], #"{"year":2021}"#)
        try database.write { transaction in
            let generation = try #require(try transaction.indexGeneration(workspaceId: workspaces[0]))
            try transaction.forgetIndexChanges(workspaceId: workspaces[0], before: generation)
        }
        #expect(try matching(tables, recent, in: workspaces) == [first, second])
    }

    @Test("the tables take no more memory than they may, and what was asked last stays")
    func bounded() throws {
        let text = String(repeating: "x", count: 1000)
        for number in 0..<20 { try add(number, to: workspaces[number % 2], #"{"text":"\#(text)"}"#) }
        let filter = MetadataFilter.isOne(of: [.string(text)], field: "text")
        let tables = FieldTables(limit: 16_000)
        for workspace in workspaces + workspaces {
            #expect(try matching(tables, filter, in: [workspace]).count == 10)
            #expect((10_000...16_000).contains(tables.bytes))
        }
        let none = FieldTables(limit: 5_000)
        #expect(try matching(none, filter, in: workspaces).count == 20)
        #expect(none.bytes == 0)
    }
}
