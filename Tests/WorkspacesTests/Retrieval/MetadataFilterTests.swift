import OrderedJSON
import Testing

@testable import Workspaces

@Suite("Filters on metadata")
struct MetadataFilterTests {
    private let document = DocumentFields(
        shown: ["title": "plan.txt", "docAuthor": "Ann", "token_count_estimate": 12, "wordCount": 9],
        given: [
            "title": "plan", "year": 2021, "tags": ["a", 5, true, nil], "none": nil,
            "owner": ["name": ["first": "Bo"]], "a.b": 1,
        ])

    @Test(
        "a field has the values that were given and those that are shown",
        arguments: [
            ("title", ["plan", "plan.txt"] as [JSONValue]), ("author", ["Ann"]), ("docAuthor", ["Ann"]),
            ("tokenCount", [12]), ("tags", ["a", 5, true]), ("none", []), ("absent", []), ("owner.name.first", ["Bo"]),
            ("owner.name.last", []), ("title.x", []), ("a.b", [1]), (".", []), ("", []),
        ])
    func values(name: String, expected: [JSONValue]) {
        #expect(document.values(of: name) == expected)
    }

    @Test("order is that of numbers and of texts, and there is none between them")
    func order() {
        func accepts(_ order: MetadataFilter.Order, _ bound: JSONValue, _ field: String) -> Bool {
            MetadataFilter.compares(order, bound, field: field).accepts(document)
        }
        #expect(accepts(.gt, 2020, "year") && !accepts(.gt, 2021, "year") && accepts(.gte, 2021, "year"))
        #expect(accepts(.lt, 2022, "year") && !accepts(.lt, 2021, "year") && accepts(.lte, 2021, "year"))
        #expect(!accepts(.gt, "2020", "year") && !accepts(.lt, "2022", "year"))
        #expect(accepts(.gt, "pl", "title") && accepts(.lt, "plan.", "title") && !accepts(.gt, "plan.u", "title"))
        #expect(accepts(.gt, 4, "tags") && !accepts(.gt, 5, "tags") && !accepts(.gt, 0, "absent"))
    }

    @Test("conditions combine as in logic; none accepts everything")
    func logic() {
        let yes = MetadataFilter.exists(field: "year")
        let no = MetadataFilter.exists(field: "none")
        #expect(yes.accepts(document) && !no.accepts(document))
        #expect(
            MetadataFilter.all([yes, yes]).accepts(document)
                && !MetadataFilter.all([yes, no]).accepts(document))
        #expect(
            MetadataFilter.any([no, yes]).accepts(document)
                && !MetadataFilter.any([no, no]).accepts(document))
        #expect(MetadataFilter.not(no).accepts(document) && !MetadataFilter.not(yes).accepts(document))
        #expect(MetadataFilter.all([]).accepts(document) && !MetadataFilter.any([]).accepts(document))
        #expect(!MetadataFilter.isOne(of: [], field: "year").accepts(document))
    }
}

extension MetadataFilter {
    func accepts(_ document: DocumentFields) -> Bool { test { field in { $0.values(of: field) } }(document) }
}
