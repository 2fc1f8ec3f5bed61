import GRDB
import Testing

@testable import AnythingLLMImport

@Suite("Dates of the foreign database")
struct ForeignDateTests {
    @Test(
        "are read in whichever form a value has",
        arguments: [
            (1_699_999_999_123.databaseValue, 1_699_999_999_123), (0.databaseValue, 0), ((-5).databaseValue, -5),
            (1_699_999_999_123.9.databaseValue, 1_699_999_999_123),
            ("2024-02-29 12:30:01".databaseValue, 1_709_209_801_000),
            ("2024-02-29T12:30:01.5Z".databaseValue, 1_709_209_801_500),
            ("2024-02-29T14:30:01+02:00".databaseValue, 1_709_209_801_000),
            ("2024-02-29T07:00:01.000-0530".databaseValue, 1_709_209_801_000),
            ("1969-12-31".databaseValue, -86_400_000),
        ] as [(DatabaseValue, Int64)])
    func forms(value: DatabaseValue, milliseconds: Int64) {
        #expect(ForeignDate.milliseconds(value) == milliseconds)
    }

    @Test(
        "that are none are nil",
        arguments: [
            DatabaseValue.null, "".databaseValue, "yesterday".databaseValue, "2024-13-01".databaseValue,
            "2024-02-29 25:00:00".databaseValue, Double.infinity.databaseValue, 1e300.databaseValue,
            Int64.max.databaseValue, Int64.min.databaseValue, 8_640_000_000_000_001.databaseValue,
        ])
    func none(value: DatabaseValue) {
        #expect(ForeignDate.milliseconds(value) == nil)
    }
}
