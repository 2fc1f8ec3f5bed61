import JavaScriptSemantics
import OrderedJSON
import Testing

@Suite("JavaScript's conversions to numbers")
struct JavaScriptNumberTests {
    @Test(
        "float parse",
        arguments: [
            ("0.7abc", 0.7), (".5", 0.5), ("1e-2", 0.01), ("0x10", 0), ("  12", 12), ("5.", 5), ("1e", 1), ("1e+", 1),
            ("-.5x", -0.5), ("+3", 3), ("Infinity", .infinity), ("-Infinityx", -.infinity), (0.25, 0.25), ([7], 7),
            ([["7.5"]], 7.5), ([1, 2], 1), ("\u{FEFF}\u{3000}4", 4), (.number(.infinity), .infinity), (-0.5, -0.5),
            ("1.2.3", 1.2), ("", nil), (".", nil), ("-", nil), ("abc", nil), (true, nil), (.null, nil), ([:], nil),
            ([], nil), (["a": 1], nil), ("e5", nil),
        ] as [(JSONValue, Double?)])
    func floats(_ value: JSONValue, _ expected: Double?) {
        #expect(JavaScriptNumber.parseFloat(value) == expected)
    }

    @Test(
        "integer parse",
        arguments: [
            (12.7, 12), ("12.7", 12), ("1e3", 1), ("0x10", 16), (" 8 ", 8), ("-0x1f", -31), ("+5", 5), (1e21, 1),
            (0.0000005, 5), ([9], 9), (-3.9, -3), ("9007199254740993", 9_007_199_254_740_992), (true, nil), ("", nil),
            (.null, nil), ("x", nil), ([:], nil), ("0x", nil), ("-", nil), (.number(.infinity), nil),
        ] as [(JSONValue, Double?)])
    func integers(_ value: JSONValue, _ expected: Double?) {
        #expect(JavaScriptNumber.parseInt(value) == expected)
    }

    @Test(
        "strict number",
        arguments: [
            ("", 0), (.null, 0), ([], 0), (false, 0), (true, 1), ("0x10", 16), ("0b101", 5), ("0o17", 15), (" 5 ", 5),
            ("1e3", 1_000), ("-2.5", -2.5), ("Infinity", .infinity), ([5], 5), ([[5]], 5), ([.null], 0), ("\n", 0),
            (".5", 0.5), ("5.", 5), ("5.e2", 500), ("5abc", nil), ("0x", nil), ("-0x10", nil), ([1, 2], nil),
            ([:], nil), ("1_000", nil), ("1e", nil), ("infinity", nil), ("2024-01-01", nil), ([true], nil),
        ] as [(JSONValue, Double?)])
    func strict(_ value: JSONValue, _ expected: Double?) {
        #expect(JavaScriptNumber.number(value) == expected)
    }
}
